package io.headrace.testkit.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir private Path project;

    @Test
    void drawOtherCasesWhenAnySourceChanges() throws IOException {
        Path source = project.resolve("module/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(project.resolve("module/pom.xml"), "<project/>");
        Files.writeString(source, "class A {\n}\n");
        long first = Sources.checksum(project);

        Files.writeString(source, "class A {\r\n}\r\n");
        long onAnotherSystem = Sources.checksum(project);
        Files.writeString(source, "class B {\n}\n");
        long changed = Sources.checksum(project);

        assertThat(onAnotherSystem).isEqualTo(first);
        assertThat(changed).isNotEqualTo(first);
    }
}
