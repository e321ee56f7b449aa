package io.headrace.connectors.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The content of a file, as its format sees it. One thread. */
interface FileBytes extends Closeable {
    /** Opens a file as it is. */
    static FileBytes plain(Path file) throws IOException {
        return of(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** Takes the bytes of a channel, and with them the duty to close it. */
    static FileBytes of(FileChannel channel) {
        return new FileBytes() {
            @Override
            public boolean goTo(long offset) {
                return true;
            }

            @Override
            public int read(ByteBuffer target, long offset) throws IOException {
                return channel.read(target, offset);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /**
     * Goes towards an offset by a bounded amount of work.
     *
     * @return whether it is reached; if not, call again
     */
    boolean goTo(long offset) throws IOException;

    /**
     * Reads bytes, at least one unless there are none.
     *
     * @param offset where they begin: that of the last {@link #goTo}, or behind the last read
     * @return how many, or −1 at the end
     */
    int read(ByteBuffer target, long offset) throws IOException;
}
