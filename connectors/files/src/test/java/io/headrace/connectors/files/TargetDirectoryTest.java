package io.headrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetDirectoryTest {
    @TempDir Path temporary;

    @Test
    void publishesByRenamingWhereThereAreNoLinks() throws IOException {
        try (FileSystem noLinks = zip()) {
            Path pending = java.nio.file.Files.writeString(noLinks.getPath("/pending"), "new");
            Path target = noLinks.getPath("/target");

            TargetDirectory.publish(pending, target);

            assertThat(java.nio.file.Files.readString(target)).isEqualTo("new");
            assertThat(java.nio.file.Files.exists(pending)).isFalse();
        }
    }

    @Test
    void renamingReplacesNothing() throws IOException {
        try (FileSystem noLinks = zip()) {
            Path pending = java.nio.file.Files.writeString(noLinks.getPath("/pending"), "new");
            Path target = java.nio.file.Files.writeString(noLinks.getPath("/target"), "old");

            assertThatThrownBy(() -> TargetDirectory.publish(pending, target))
                    .isInstanceOf(FileAlreadyExistsException.class);

            assertThat(java.nio.file.Files.readString(target)).isEqualTo("old");
            assertThat(java.nio.file.Files.exists(pending)).isTrue();
        }
    }

    @Test
    void aDirectoryThatCannotBeSyncedIsNoError() {
        new TargetDirectory(temporary.resolve("missing")).sync();

        assertThat(new TargetDirectory(temporary.resolve("missing")).partFileNames()).isEmpty();
    }

    private FileSystem zip() throws IOException {
        return FileSystems.newFileSystem(
                temporary.resolve("no-links.zip"), Map.of("create", "true"));
    }
}
