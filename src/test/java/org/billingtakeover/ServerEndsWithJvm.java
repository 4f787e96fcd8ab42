package org.billingtakeover;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Ends a PostgreSQL that this JVM has started, and removes its data, once the JVM has ended without doing so: because it was killed,
 * or ran out of memory. A shell waits for it at the end of a pipe that nobody else holds. Windows has no such shell.
 */
public final class ServerEndsWithJvm {

    /** Neither the keys that end the JVM nor a closed terminal end the shell. The server removes the file when it has ended. */
    private static final String SHELL = """
            trap '' HUP INT TERM
            read -r nothing
            test -f "$0/postmaster.pid" || exit
            kill -INT "$(head -n 1 "$0/postmaster.pid")"
            while test -f "$0/postmaster.pid"; do sleep 0.1; done
            rm -r "$0"
            """;

    /** Held as long as the JVM runs; a pipe that nobody refers to is closed. */
    private static final List<Process> SHELLS = new CopyOnWriteArrayList<>();

    private ServerEndsWithJvm() {}

    /** @param data where the server keeps its data, or will, once it has started */
    public static void watch(Path data) throws IOException {
        if (File.separatorChar == '/') {
            SHELLS.add(new ProcessBuilder("sh", "-c", SHELL, data.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
    }
}
