package org.billingtakeover.notification.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.jspecify.annotations.Nullable;

/** How a letter stands in the table {@code mail}. */
final class StoredLetter {

    private StoredLetter() {}

    static Letter read(ResultSet row) throws SQLException {
        return new Letter(
                MailKind.valueOf(row.getString("kind")),
                about(row),
                Payer.valueOf(row.getString("party")),
                row.getString("name"),
                row.getString("email"),
                Language.valueOf(row.getString("language")),
                row.getBoolean("french_first"),
                Facts.read(row.getString("facts")),
                row.getObject("consent_request", UUID.class));
    }

    /** A node of version 1.0.0 writes the key of a client where the key of a case belongs. */
    static Subject about(ResultSet row) throws SQLException {
        String key = row.getString("takeover_key");
        if (key != null) {
            return Subject.of(key);
        }
        String firm = row.getString("firm_id");
        return firm == null ? new ClientKey(row.getObject("client_id", UUID.class)) : new FirmKey(new FirmId(firm));
    }

    static @Nullable String caseIn(Subject about) {
        return about instanceof TakeoverKey key ? key.text() : null;
    }

    static @Nullable UUID clientIn(Subject about) {
        return about instanceof ClientKey key ? key.client() : null;
    }

    static @Nullable String firmIn(Subject about) {
        return about instanceof FirmKey key ? key.firm().text() : null;
    }
}
