// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.privacy.WireRecord;
import com.techpro.callclient.testkit.soak.attack.HostileServer.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A mailbox with one message at an IMAP server that means harm: what came of reading its list is the problem that was told, or {@code listed}. */
public final class HostileMailbox {
    private static final Duration LIMIT = Duration.ofSeconds(100);
    private static final String HEADER = "X-Asterisk-VM-Message-Num: 1\r\n\r\n";
    private static final String CAPABILITIES = "IMAP4rev1 IDLE UIDPLUS AUTH=PLAIN";
    private static final String HOST = "127.0.0.1";
    private static final String ELSEWHERE = "127.0.0.2";
    private static final String NOWHERE = "elsewhere.invalid";

    private HostileMailbox() {}

    /** What a server answers to one command. */
    interface Answer {
        /** @return whether that was all; false for the usual answer */
        boolean give(Client client, String tag, String command) throws IOException;
    }

    /** What is done once the mailbox was read. */
    interface Then {
        /** @return what came of that */
        String outcome(CallClient client);
    }

    /** What comes of a server that greets so. */
    static String greeting(HostileServer.Script greeting) throws Exception {
        return outcome(greeting, settings -> settings, client -> "listed");
    }

    /** What comes of answers like this; the usual ones are those of a mailbox that works. */
    static String answers(Answer answer) throws Exception {
        return answers(answer, settings -> settings, client -> "listed");
    }

    /** And of something done with it then. */
    static String answers(Answer answer, UnaryOperator<CallClientConfig.Builder> settings, Then then) throws Exception {
        return outcome(script(CAPABILITIES, answer), settings, then);
    }

    /** What comes of them in a process of its own with a heap of so many megabytes. */
    static String answers(Path directory, int megabytes, Answer answer) throws Exception {
        try (HostileServer server = new HostileServer(script(CAPABILITIES, answer))) {
            Path authority = Files.writeString(directory.resolve("authority.pem"), server.authorityPem());
            HostPort at = server.address();
            return ChildJvm.of(ChildMailbox.class)
                    .options(List.of(
                            "-Xmx" + megabytes + "m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dslf4j.internal.verbosity=ERROR"))
                    .arguments(at.host(), Integer.toString(at.port()), authority.toString())
                    .runIn(directory)
                    .lines()
                    .filter(line -> line.startsWith(ChildPhone.ANSWER))
                    .map(line -> line.substring(ChildPhone.ANSWER.length()))
                    .findFirst()
                    .orElse("nothing said");
        }
    }

    /**
     * What comes of a server that refers whoever says a command to somebody else (RFC 2221, RFC 2193), by address, and by name.
     *
     * @param command as it is asked for; {@code SELECT} means {@code EXAMINE} too
     * @param condition {@code NO}, or {@code OK} with a hint
     * @return the problem or {@code listed}, and who else was tried
     */
    public static String refers(String command, String condition) throws Exception {
        Set<String> outcomes = new TreeSet<>();
        try (ServerSocket elsewhere = new ServerSocket(0, 50, InetAddress.getByName(ELSEWHERE))) {
            for (String host : List.of(ELSEWHERE + ":" + elsewhere.getLocalPort(), NOWHERE)) {
                outcomes.add(outcomeOfReferral(host, command, condition));
            }
            elsewhere.setSoTimeout(1);
            try (Socket reached = elsewhere.accept()) {
                outcomes.add("reached " + reached.getLocalAddress());
            } catch (SocketTimeoutException e) {
                outcomes.add("nobody else reached");
            }
        }
        return String.join(", ", outcomes);
    }

    private static String outcomeOfReferral(String host, String command, String condition) throws Exception {
        String referral = condition + " [REFERRAL imap://1001;AUTH=*@" + host + "/INBOX] it has moved\r\n";
        Answer answer = (client, tag, said) -> {
            boolean meant = said.startsWith(command) || command.equals("SELECT") && said.startsWith("EXAMINE");
            if (meant) {
                String before = condition.equals("OK") ? usual(said).replaceFirst("TAG .*\r\n", "") : "";
                client.say(before + tag + " " + referral);
            }
            return meant;
        };
        String capabilities = "IMAP4rev1 IDLE UIDPLUS LOGIN-REFERRALS MAILBOX-REFERRALS"
                + (command.equals("LOGIN") ? "" : " AUTH=PLAIN");
        JdkSchedulers schedulers = new JdkSchedulers();
        try (WireRecord wire = new WireRecord(new JdkNetwork(schedulers.workers()));
                HostileServer server = new HostileServer(script(capabilities, answer))) {
            return read(
                            server.address(),
                            server.trust(),
                            settings -> settings.lab(
                                    lab -> lab.schedulers(schedulers).network(wire)),
                            client -> "listed")
                    + (wire.asked().contains(NOWHERE) ? ", looked up " + NOWHERE : "");
        } finally {
            schedulers.close();
        }
    }

    private static String outcome(
            HostileServer.Script script, UnaryOperator<CallClientConfig.Builder> settings, Then then) throws Exception {
        try (HostileServer server = new HostileServer(script)) {
            return read(server.address(), server.trust(), settings, then);
        }
    }

    /** What comes of reading it. */
    static String read(HostPort at, TlsTrust trust, UnaryOperator<CallClientConfig.Builder> settings, Then then)
            throws Exception {
        List<Throwable> defects = new CopyOnWriteArrayList<>();
        try (CallClient client = CallClient.create(settings.apply(CallClientConfig.builder()
                        .callbacks(Runnable::run)
                        .failures((thread, failure) -> defects.add(failure)))
                .build())) {
            LoginResult login = client.login(
                            PhoneSystems.withVoicemail(SipRegistrar.phoneSystem(), at.host(), at.port()),
                            Login.of("1001@" + HOST, Secret.of("pw")).trusting(trust))
                    .toCompletableFuture()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!(login instanceof LoginResult.LoggedIn)) {
                return login.toString();
            }
            Await.until(
                    "the mailbox was read, or not",
                    () -> isRead(client.voicemail().snapshot()),
                    LIMIT);
            VoicemailProblem problem = client.voicemail().snapshot().problem();
            String outcome = problem == null ? then.outcome(client) : problem.code();
            return defects.isEmpty() ? outcome : "exception " + defects.get(0);
        }
    }

    private static boolean isRead(VoicemailSnapshot now) {
        return now.problem() != null || now.availability() == Availability.AVAILABLE;
    }

    private static HostileServer.Script script(String capabilities, Answer answer) {
        return client -> {
            client.say("* OK ready\r\n");
            String idle = "";
            while (true) {
                String line = client.line();
                int space = line.indexOf(' ');
                String tag = space < 0 ? idle : line.substring(0, space);
                String command = line.substring(space + 1);
                idle = command.equals("IDLE") ? tag : idle;
                if (command.startsWith("AUTHENTICATE")) {
                    client.say("+ \r\n");
                    client.line();
                }
                if (command.equals("CAPABILITY")) {
                    client.say("* CAPABILITY " + capabilities + "\r\n" + tag + " OK\r\n");
                } else if (!answer.give(client, tag, command)) {
                    client.say(usual(command).replace("TAG", tag));
                }
            }
        };
    }

    private static String usual(String command) {
        if (command.startsWith("SELECT") || command.startsWith("EXAMINE")) {
            return "* 1 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted)] x\r\n"
                    + "TAG OK [READ-WRITE] x\r\n";
        }
        if (command.contains("FETCH") && command.contains("BODYSTRUCTURE")) {
            return message(1, 7, 8) + "TAG OK\r\n";
        }
        if (command.startsWith("UID FETCH")) {
            return "* 1 FETCH (UID 7 FLAGS ())\r\nTAG OK\r\n";
        }
        return command.equals("IDLE") ? "+ idling\r\n" : "TAG OK\r\n";
    }

    /** As a page describes a message whose sound takes so many bytes as they are encoded. */
    static String message(int place, long uid, int octets) {
        return "* " + place + " FETCH (UID " + uid + " FLAGS () INTERNALDATE \"02-Mar-2026 10:00:00 +0000\""
                + " BODYSTRUCTURE (\"audio\" \"x-wav\" NIL NIL NIL \"base64\" " + octets
                + ") BODY[HEADER.FIELDS (X)]<0> {" + HEADER.length() + "}\r\n" + HEADER + ")\r\n";
    }
}
