package org.billingtakeover.lists;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.billingtakeover.kernel.CompanyId;

/** Reads account lists, one line of one client at a time. */
public interface AccountListReader {

    /**
     * Opens a list and reads its headers.
     *
     * @throws UnusableAccountList if no line of it can be read
     */
    Lines read(AccountList list) throws IOException, UnusableAccountList;

    /** The lines of one list, in the order of the file; each is held only until the next one is asked for. */
    interface Lines extends Iterator<ListLine>, Closeable {

        /** Headers of columns that an account list does not have, as in the file. */
        List<String> ignoredColumns();

        /** Whether a line read so far, good or bad, is about this company. */
        boolean names(CompanyId company);

        /** How much of the file has been read, 0 to 100. */
        int percentRead();
    }
}
