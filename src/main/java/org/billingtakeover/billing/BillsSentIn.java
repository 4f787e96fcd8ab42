package org.billingtakeover.billing;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
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
        PDF("application/pdf", "255044462d"),
        PNG("image/png", "89504e470d0a1a0a"),
        JPEG("image/jpeg", "ffd8ff");

        private final String mediaType;
        private final byte[] begins;

        Type(String mediaType, String begins) {
            this.mediaType = mediaType;
            this.begins = HexFormat.of().parseHex(begins);
        }

        public String mediaType() {
            return mediaType;
        }

        /** By how the file begins, whatever it is called; empty for anything else. */
        public static Optional<Type> of(byte[] content) {
            return Arrays.stream(values())
                    .filter(type -> content.length >= type.begins.length
                            && Arrays.equals(content, 0, type.begins.length, type.begins, 0, type.begins.length))
                    .findFirst();
        }
    }

    /** @param name of the file, as whoever sent it in calls it */
    record Bill(UUID id, BookingKey booking, String name, Type type, Instant sentIn) {}

    /** Not compared by what it contains. */
    record Content(Bill bill, byte[] bytes) {}
}
