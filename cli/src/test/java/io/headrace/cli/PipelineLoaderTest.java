package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Pipeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineLoaderTest {
    @TempDir private Path directory;

    /** Keeps the contract by a method. */
    public static final class ByMethod {
        private ByMethod() {}

        /** Names the pipeline after the first argument. */
        public static Pipeline pipeline(String[] arguments) {
            return Pipeline.create(arguments[0]);
        }
    }

    /** Keeps the contract by its interface. */
    public static final class BySupplier implements Supplier<Pipeline> {
        /** Creates the supplier. */
        public BySupplier() {}

        @Override
        public Pipeline get() {
            return Pipeline.create("supplied");
        }
    }

    /** Throws. */
    public static final class Throwing implements Supplier<Pipeline> {
        /** Creates the supplier. */
        public Throwing() {}

        @Override
        public Pipeline get() {
            throw new IllegalArgumentException("no topic given");
        }
    }

    private static Pipeline load(Class<?> type, String... arguments) throws Exception {
        return PipelineLoader.ofPath("").load(type.getName(), List.of(arguments));
    }

    private Path jar(String attribute, String value) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name(attribute), value);
        Path jar = directory.resolve("pipeline.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }

    @Test
    void asksTheMethodWithTheArguments() throws Exception {
        assertThat(load(ByMethod.class, "named").name()).isEqualTo("named");
    }

    @Test
    void asksTheSupplier() throws Exception {
        assertThat(load(BySupplier.class).name()).isEqualTo("supplied");
    }

    @Test
    void asksTheClassThatTheJarNames() throws Exception {
        PipelineLoader loader =
                PipelineLoader.ofJar(jar("Headrace-Pipeline", BySupplier.class.getName()));

        assertThat(loader.load(loader.pipelineClass(), List.of()).name()).isEqualTo("supplied");
    }

    @Test
    void saysWhatAJarWithoutNameNeeds() throws Exception {
        Path jar = jar("Built-By", "nobody");

        assertThatThrownBy(() -> PipelineLoader.ofJar(jar))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Headrace-Pipeline");
    }

    @Test
    void saysWhatAClassNeeds() {
        assertThatThrownBy(() -> load(String.class))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("public static Pipeline pipeline(String[] arguments)");
    }

    @Test
    void namesAClassThatIsNotThere() throws Exception {
        PipelineLoader loader = PipelineLoader.ofPath("");

        assertThatThrownBy(() -> loader.load("no.such.Class", List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no.such.Class");
        assertThatThrownBy(() -> PipelineLoader.ofPath("/no/such/path"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("/no/such/path");
    }

    @Test
    void passesOnWhatTheClassThrows() {
        assertThatThrownBy(() -> load(Throwing.class)).hasMessage("no topic given");
    }
}
