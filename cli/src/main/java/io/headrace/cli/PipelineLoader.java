package io.headrace.cli;

import io.headrace.Pipeline;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Loads a user's class and asks it for its pipeline.
 *
 * <p>The class either has {@code public static Pipeline pipeline(String[] arguments)} or implements
 * {@code Supplier<Pipeline>} with a public constructor without parameters. Its classes are found
 * behind those of this process and stay open until the process ends.
 */
final class PipelineLoader {
    private static final String CONTRACT =
            "it needs 'public static Pipeline pipeline(String[] arguments)', or to implement"
                    + " Supplier<Pipeline> with a public constructor without parameters";

    private final ClassLoader classes;
    private final String named;

    private PipelineLoader(ClassLoader classes, String named) {
        this.classes = classes;
        this.named = named;
    }

    /**
     * Opens a jar.
     *
     * @throws UsageException if it is not there or names no class
     */
    static PipelineLoader ofJar(Path jar) throws IOException {
        requireExists(jar);
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes attributes =
                    file.getManifest() == null
                            ? new Attributes()
                            : file.getManifest().getMainAttributes();
            String pipeline = attributes.getValue("Headrace-Pipeline");
            String named = pipeline == null ? attributes.getValue("Main-Class") : pipeline;
            if (named == null) {
                throw new UsageException(
                        jar
                                + " names no class: add 'Headrace-Pipeline: CLASS' to its manifest,"
                                + " or write run --class-path "
                                + jar
                                + " CLASS");
            }
            return new PipelineLoader(loader(List.of(jar)), named);
        }
    }

    /** Opens a class path; an empty one leaves the classes of this process. */
    static PipelineLoader ofPath(String classPath) throws MalformedURLException {
        List<Path> paths = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator)) {
            if (!part.isEmpty()) {
                paths.add(requireExists(Path.of(part)));
            }
        }
        return new PipelineLoader(loader(paths), null);
    }

    private static Path requireExists(Path path) {
        if (!Files.exists(path)) {
            throw new UsageException(path.toAbsolutePath() + " does not exist");
        }
        return path;
    }

    private static ClassLoader loader(List<Path> paths) throws MalformedURLException {
        URL[] urls = new URL[paths.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = paths.get(i).toUri().toURL();
        }
        ClassLoader loader = new URLClassLoader(urls, PipelineLoader.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        return loader;
    }

    /** Returns the class that the manifest of the jar names. */
    String pipelineClass() {
        return named;
    }

    /**
     * Returns the pipeline of a class.
     *
     * @throws UsageException if there is no such class, or it does not keep the contract
     * @throws Exception what the class throws
     */
    Pipeline load(String className, List<String> arguments) throws Exception {
        Class<?> type;
        try {
            type = Class.forName(className, true, classes);
        } catch (ClassNotFoundException unknown) {
            requireDescriptors(className, unknown);
            throw new UsageException(
                    "there is no class "
                            + className
                            + ": check the name, and --class-path if it is not in a jar");
        }
        try {
            return of(type, arguments.toArray(String[]::new));
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }

    /** A class loader passes over the jars that it cannot open, and then knows no class of them. */
    private static void requireDescriptors(String className, ClassNotFoundException unknown) {
        Path folder = Path.of(System.getProperty("java.home"));
        try (Stream<Path> files = Files.list(folder)) {
            files.findAny().orElseThrow();
        } catch (IOException none) {
            throw (Error) new NoClassDefFoundError(className).initCause(unknown);
        }
    }

    private static Pipeline of(Class<?> type, String[] arguments)
            throws ReflectiveOperationException {
        for (Method method : type.getMethods()) {
            if (method.getName().equals("pipeline")
                    && Modifier.isStatic(method.getModifiers())
                    && method.getReturnType() == Pipeline.class
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == String[].class) {
                return (Pipeline) method.invoke(null, (Object) arguments);
            }
        }
        if (Supplier.class.isAssignableFrom(type)) {
            Object made = ((Supplier<?>) type.getConstructor().newInstance()).get();
            if (made instanceof Pipeline pipeline) {
                return pipeline;
            }
        }
        throw new UsageException("class " + type.getName() + " has no pipeline: " + CONTRACT);
    }
}
