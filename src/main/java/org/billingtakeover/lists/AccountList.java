package org.billingtakeover.lists;

import java.io.IOException;
import java.io.InputStream;

/** An account list as an office exported it: a file that can be read more than once. */
@FunctionalInterface
public interface AccountList {

    /** The file's bytes from the start. The caller closes the stream. */
    InputStream open() throws IOException;
}
