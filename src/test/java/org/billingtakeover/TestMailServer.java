package org.billingtakeover;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/** A real SMTP server for tests, on a free port. */
public final class TestMailServer extends GreenMail {

    /** It has to be started. */
    public TestMailServer() {
        super(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] config, Managers managers) {
        return Map.of(ServerSetup.PROTOCOL_SMTP, new SmtpServer(config[0], managers) {
            @Override
            protected void handleClientSocket(Socket client) throws SocketException {
                // Or else the second line of each greeting waits 40 ms for a late acknowledgement of the first.
                client.setTcpNoDelay(true);
                super.handleClientSocket(client);
            }
        });
    }
}
