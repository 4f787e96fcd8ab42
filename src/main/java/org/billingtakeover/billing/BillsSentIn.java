package org.billingtakeover.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored bills that firms send in to prove what they have changed by hand. */
public interface BillsSentIn {

    void add(Bill bill, byte[] content);

    /** Earliest first. */
    List<Bill> of(BookingKey booking);

    /** A bill with what it contains; empty once it was erased. */
    Optional<Content> content(UUID id);

    /** What a bill may be. */
    enum Type {
        PDF("application/pdf"),
        PNG("image/png"),
        JPEG("image/jpeg");

        private final String mediaType;

        Type(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** @param name of the file, as whoever sent it in calls it */
    record Bill(UUID id, BookingKey booking, String name, Type type, Instant sentIn) {}

    /** Not compared by what it contains. */
    record Content(Bill bill, byte[] bytes) {}
}
