package org.billingtakeover.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server that takes every mail and keeps of it when it came and its Message-ID, so that it costs next to nothing. */
final class MailSink implements AutoCloseable {

    private final ServerSocket door;
    private final List<Socket> guests = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Mail> mails = new ConcurrentLinkedQueue<>();

    /** @param id its Message-ID before the at sign */
    record Mail(Instant at, String id) {}

    MailSink() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start(this::listen);
    }

    int port() {
        return door.getLocalPort();
    }

    List<Mail> mails() {
        return List.copyOf(mails);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "mail-sink");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket guest = door.accept();
                guest.setTcpNoDelay(true);
                guests.add(guest);
                start(() -> talk(guest));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void talk(Socket guest) {
        try (guest;
                BufferedReader heard = new BufferedReader(
                        new InputStreamReader(guest.getInputStream(), StandardCharsets.ISO_8859_1))) {
            OutputStream said = guest.getOutputStream();
            say(said, "220 localhost ESMTP");
            for (String line = heard.readLine(); line != null; line = heard.readLine()) {
                String command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("EHLO")) {
                    say(said, "250-localhost\r\n250 8BITMIME");
                } else if (command.startsWith("DATA")) {
                    say(said, "354 go on");
                    mails.add(new Mail(Instant.now(), messageId(heard)));
                    say(said, "250 taken");
                } else if (command.startsWith("QUIT")) {
                    say(said, "221 bye");
                    return;
                } else {
                    say(said, "250 ok");
                }
            }
        } catch (IOException e) {
            // Whoever hangs up has its reasons.
        }
    }

    private static String messageId(BufferedReader mail) throws IOException {
        String id = "";
        for (String line = mail.readLine(); line != null && !line.equals("."); line = mail.readLine()) {
            if (line.startsWith("Message-ID: <")) {
                id = line.substring("Message-ID: <".length(), line.indexOf('@'));
            }
        }
        return id;
    }

    private static void say(OutputStream said, String answer) throws IOException {
        said.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        said.flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket guest : guests) {
            guest.close();
        }
    }
}
