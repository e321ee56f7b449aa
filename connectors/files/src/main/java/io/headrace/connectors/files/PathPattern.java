package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Which files a path stands for: one file, those of a directory, or those that match a glob.
 *
 * @param directory where to look; null if the path is a file or a directory
 * @param glob what names in the directory match, or the path itself
 */
record PathPattern(String directory, String glob) {
    private static final String GLOB_CHARACTERS = "*?[{";

    /** The limit of step names. */
    private static final int NAME_CHARACTERS_MAX = 100;

    /**
     * Tells a glob from a path. A path that exists is no glob, whatever characters it has.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static PathPattern parse(String path) {
        if (!isGlob(path) || exists(path)) {
            checked(path);
            return new PathPattern(null, path);
        }
        int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf(separator()));
        String directory = slash < 0 ? "" : path.substring(0, slash + 1);
        String glob = path.substring(slash + 1);
        if (isGlob(directory)) {
            throw new IllegalArgumentException(
                    "a glob may only stand in the last part of a path, found " + path);
        }
        try {
            Path.of(directory).getFileSystem().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException(
                    "no glob: " + path + ": " + malformed.getMessage(), malformed);
        }
        return new PathPattern(directory, glob);
    }

    private static char separator() {
        return java.io.File.separatorChar;
    }

    private static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
    }

    private static boolean exists(String path) {
        try {
            return java.nio.file.Files.exists(Path.of(path));
        } catch (InvalidPathException notAPath) {
            return false; // Windows knows no names with a star.
        }
    }

    private static Path checked(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("no path: " + path, wrong);
        }
    }

    /** Returns the last part of a path, as a name for people. */
    static String lastPart(String path) {
        String trimmed = path.replace('\\', '/').replaceAll("/+$", "");
        String last = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        String name = last.replaceAll("\\p{Cntrl}", "?");
        return name.isBlank()
                ? "files"
                : name.substring(0, Math.min(name.length(), NAME_CHARACTERS_MAX));
    }

    /**
     * Returns the files, sorted by name.
     *
     * @throws ConnectorException if there is no such file or directory, or nothing matches
     */
    List<Path> find() {
        List<Path> found = findAny();
        if (found.isEmpty() && directory != null) {
            throw ConnectorException.fatal(
                    "no file matches " + glob + " in " + place().toAbsolutePath(), null);
        }
        return found;
    }

    /** Returns the files, sorted by name; perhaps none. */
    List<Path> findAny() {
        Path path = place();
        return directory == null && !java.nio.file.Files.isDirectory(path)
                ? List.of(path)
                : list(path, directory == null ? "*" : glob);
    }

    /** Returns all files of the directory that is looked at, whatever they are called. */
    List<Path> neighbours() {
        Path path = place();
        return directory == null && !java.nio.file.Files.isDirectory(path)
                ? list(FileNumber.directory(path), "*")
                : list(path, "*");
    }

    private Path place() {
        return Path.of(directory == null ? glob : directory);
    }

    private static List<Path> list(Path path, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = java.nio.file.Files.newDirectoryStream(path, glob)) {
            for (Path entry : entries) {
                if (java.nio.file.Files.isRegularFile(entry) && !isHidden(entry)) {
                    found.add(entry);
                }
            }
        } catch (IOException | RuntimeException failed) {
            throw ConnectorException.fatal(
                    "cannot list " + path + " to read its files: " + failed, failed);
        }
        found.sort(Comparator.comparing(file -> file.getFileName().toString()));
        return found;
    }

    private static boolean isHidden(Path file) throws IOException {
        return file.getFileName().toString().startsWith(".") || java.nio.file.Files.isHidden(file);
    }
}
