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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A mail server that answers as a test says; GreenMail takes everything. */
final class ScriptedMailServer implements AutoCloseable {

    /** What it answers in order to hang. */
    static final String NOTHING = "";

    /** What it answers in order to hang up. */
    static final String GONE = "gone";

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> senders = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> answers;

    /** @param answers to each command, and to {@code .} at the end of a mail */
    ScriptedMailServer(UnaryOperator<String> answers) throws IOException {
        this.answers = answers;
        thread(this::listen);
    }

    /** Gives one command an answer of its own. */
    static UnaryOperator<String> to(String command, String answer) {
        return line -> line.toUpperCase(Locale.ROOT).startsWith(command) ? answer : "250 ok";
    }

    int port() {
        return socket.getLocalPort();
    }

    void answersFromNowOn(UnaryOperator<String> others) {
        answers = others;
    }

    int connections() {
        return connections.get();
    }

    /** The Message-IDs of the mails that it was given to their end, whatever it answered. */
    List<String> mails() {
        return mails;
    }

    /** What was said with MAIL FROM. */
    List<String> senders() {
        return senders;
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                thread(() -> serve(client));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connected) {
        try (Socket client = connected;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.US_ASCII)) {
            say(out, "220 ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer = answers.apply(line);
                if (line.startsWith("EHLO") && answer.equals("250 ok")) {
                    answer = "250-here\r\n250 DSN";
                }
                if (line.startsWith("MAIL FROM")) {
                    senders.add(line);
                }
                if (line.equals("DATA") && answer.equals("250 ok")) {
                    say(out, "354 go on");
                    mails.add(mail(in));
                    answer = answers.apply(".");
                }
                if (answer.equals(GONE)) {
                    return;
                }
                if (!answer.equals(NOTHING)) {
                    say(out, answer);
                }
            }
        } catch (IOException e) {
            // Whoever talked to it has had enough.
            return;
        }
    }

    private static String mail(BufferedReader in) throws IOException {
        String messageId = "";
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            if (line.startsWith("Message-ID: ")) {
                messageId = line.substring("Message-ID: ".length());
            }
        }
        return messageId;
    }

    private static void say(PrintStream out, String answer) {
        out.print(answer + "\r\n");
        out.flush();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "scripted-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
