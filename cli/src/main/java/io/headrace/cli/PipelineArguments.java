package io.headrace.cli;

import io.headrace.Pipeline;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipeline is meant; taken in as a picocli mixin. */
final class PipelineArguments {
    /** A command whose options end at the pipeline: what follows belongs to the pipeline. */
    interface Holder {}

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Jars and directories with the classes of CLASS.")
    private String classPath = "";

    @Parameters(
            index = "0",
            paramLabel = "JAR|CLASS",
            description =
                    "A class with a method 'public static Pipeline pipeline(String[] arguments)',"
                            + " or that implements Supplier<Pipeline>; or a jar whose manifest"
                            + " names such a class as Headrace-Pipeline or Main-Class.")
    private String target;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "Given to the pipeline's class.")
    private List<String> arguments = List.of();

    Pipeline load() throws Exception {
        boolean jar = target.endsWith(".jar");
        PipelineLoader loader =
                jar ? PipelineLoader.ofJar(Path.of(target)) : PipelineLoader.ofPath(classPath);
        return loader.load(jar ? loader.pipelineClass() : target, arguments);
    }
}
