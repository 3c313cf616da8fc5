// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts for an app that is killed while they arrive. Their sender writes SIP by itself, over TLS, on the connection that the app registered on. A text that
 * was answered 200 is one that the sender need not send again, and so it must be there afterwards (RFC 3428 §7).
 */
final class KilledTexts {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int TEXTS = 900;
    /** Of those, texts that are answered before it is killed: at least, and by chance as many more. */
    private static final int ANSWERED = 300;

    /** Texts that wait for their answer at a time. */
    private static final int WINDOW = 40;

    private static final List<String> SMALL =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR");
    private static final String VERSION = "SIP/2.0 ";
    private static final Pattern CONTACT = Pattern.compile("(?im)^Contact:[^<]*<([^>]+)>");
    private static final Pattern CALL_ID = Pattern.compile("(?im)^Call-ID: *text-(\\S+)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d+)");
    private static final Pattern ECHOED = Pattern.compile("(?im)^(?:Via|From|To|Call-ID|CSeq):.*\\n");

    private final Object writing = new Object();
    /** Each text's status. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean over;

    private KilledTexts() {}

    /** Kills it so often, each time with an empty vault. */
    static String outcome(Path directory, int times) throws Exception {
        Random random = Seeds.random(11);
        for (int i = 0; i < times; i++) {
            Path run = Files.createDirectory(directory.resolve("run-" + i));
            Set<String> lost = new KilledTexts().lost(run, ANSWERED + random.nextInt(ANSWERED));
            if (!lost.isEmpty()) {
                return "lost " + lost.size() + " that were answered 200";
            }
        }
        return "none lost";
    }

    private Set<String> lost(Path directory, int killedAfter) throws Exception {
        try (HostileServer server = new HostileServer(this::talk)) {
            HostPort at = server.address();
            Path authority = Files.writeString(directory.resolve("authority.pem"), server.authorityPem());
            try (ChildJvm child = ChildJvm.of(ChildTexts.class)
                    .options(SMALL)
                    .arguments(directory.toString(), at.host(), Integer.toString(at.port()), authority.toString())
                    .start()) {
                Await.until(
                        () -> answers.size() + " answers of " + killedAfter,
                        () -> answers.size() >= killedAfter,
                        LIMIT);
                child.kill();
                child.exitValue();
                Await.until("all it said is read", () -> over, LIMIT);
            }
        }
        Set<String> lost = new TreeSet<>(answers.keySet());
        lost.removeIf(text -> !"200".equals(answers.get(text)));
        if (lost.isEmpty() || sent.get() == TEXTS) {
            throw new AssertionError("of " + sent + " texts were answered " + new TreeSet<>(answers.values()) + ", "
                    + lost.size() + " with 200");
        }
        lost.removeAll(stored(directory));
        return lost;
    }

    private static List<String> stored(Path directory) throws Exception {
        return ChildJvm.of(ChildTexts.class)
                .options(SMALL)
                .arguments(directory.toString())
                .runIn(directory)
                .lines()
                .filter(line -> line.startsWith(ChildTexts.STORED))
                .map(line -> line.substring(ChildTexts.STORED.length()))
                .toList();
    }

    private void talk(HostileServer.Client client) throws IOException {
        try {
            while (true) {
                String head = client.request();
                Matcher length = LENGTH.matcher(head);
                if (length.find() && client.in().skip(Integer.parseInt(length.group(1))) < 0) {
                    return;
                }
                if (head.startsWith(VERSION)) {
                    answered(head);
                } else if (head.startsWith("REGISTER ")) {
                    respond(client, head, "200 OK");
                    start(client, head);
                } else if (!head.isEmpty()) {
                    respond(client, head, "405 Method Not Allowed");
                }
            }
        } finally {
            over = true;
        }
    }

    private void answered(String head) {
        Matcher id = CALL_ID.matcher(head);
        if (id.find()) {
            answers.put(id.group(1), head.substring(VERSION.length(), VERSION.length() + 3));
        }
    }

    private void start(HostileServer.Client client, String register) {
        Matcher contact = CONTACT.matcher(register);
        if (contact.find() && sent.get() == 0) {
            String target = contact.group(1);
            Thread thread = new Thread(() -> send(client, target), "texts");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void send(HostileServer.Client client, String target) {
        try {
            while (sent.get() < TEXTS) {
                Await.until("there is room", () -> over || sent.get() - answers.size() < WINDOW, LIMIT);
                String text = Integer.toString(sent.incrementAndGet());
                say(
                        client,
                        "MESSAGE " + target + " SIP/2.0\nVia: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bK-" + text
                                + "\nMax-Forwards: 70\nFrom: <sip:bob@127.0.0.1>;tag=" + text
                                + "\nTo: <sip:alice@127.0.0.1>\nCall-ID: text-" + text
                                + "\nCSeq: 1 MESSAGE\nContent-Type: text/plain\nContent-Length: " + text.length()
                                + "\n\n",
                        text);
            }
        } catch (IOException e) {
            // Killed
            return;
        }
    }

    private void respond(HostileServer.Client client, String request, String status) throws IOException {
        StringBuilder response = new StringBuilder("SIP/2.0 " + status + "\n");
        Matcher echoed = ECHOED.matcher(request);
        while (echoed.find()) {
            String line = echoed.group().trim();
            response.append(line);
            if (line.regionMatches(true, 0, "To:", 0, 3) && !line.contains(";tag=")) {
                response.append(";tag=server");
            }
            response.append('\n');
        }
        Matcher contact = CONTACT.matcher(request);
        if (contact.find()) {
            response.append("Contact: <").append(contact.group(1)).append(">;expires=600\n");
        }
        say(client, response + "Content-Length: 0\n\n", "");
    }

    private void say(HostileServer.Client client, String head, String body) throws IOException {
        synchronized (writing) {
            client.say(head.replace("\n", "\r\n") + body);
        }
    }
}
