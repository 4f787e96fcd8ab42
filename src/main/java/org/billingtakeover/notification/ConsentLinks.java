package org.billingtakeover.notification;

import java.net.URI;
import java.util.UUID;

/** Makes the link that a consent request is answered by: the same one for every mail about the same request. */
public interface ConsentLinks {

    URI link(UUID consentRequest);
}
