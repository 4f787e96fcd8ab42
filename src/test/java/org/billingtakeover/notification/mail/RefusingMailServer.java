package org.billingtakeover.notification.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A mail server that gives every recipient the same answer; GreenMail takes them all. */
final class RefusingMailServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final String answerToRecipient;

    RefusingMailServer(String answerToRecipient) throws IOException {
        this.answerToRecipient = answerToRecipient;
        Thread thread = new Thread(this::serve, "refusing-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                    PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.US_ASCII)) {
                out.print("220 ready\r\n");
                out.flush();
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    out.print((line.startsWith("RCPT") ? answerToRecipient : "250 ok") + "\r\n");
                    out.flush();
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
