// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.PhoneSystems;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.attack.HostileServer.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A mailbox with one message at an IMAP server that means harm: what came of reading its list is the problem that was told, or {@code listed}. */
final class HostileMailbox {
    private static final Duration LIMIT = Duration.ofSeconds(100);
    private static final String HEADER = "X-Asterisk-VM-Message-Num: 1\r\n\r\n";

    private HostileMailbox() {}

    /** What a server answers to one command. */
    interface Answer {
        /** @return whether that was all; false for the usual answer */
        boolean give(Client client, String tag, String command) throws IOException;
    }

    /** What comes of a server that greets so. */
    static String greeting(HostileServer.Script greeting) throws Exception {
        return outcome(greeting);
    }

    /** What comes of answers like this; the usual ones are those of a mailbox that works. */
    static String answers(Answer answer) throws Exception {
        return outcome(client -> {
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
                if (!answer.give(client, tag, command)) {
                    client.say(usual(command).replace("TAG", tag));
                }
            }
        });
    }

    private static String outcome(HostileServer.Script script) throws Exception {
        List<Throwable> defects = new CopyOnWriteArrayList<>();
        try (HostileServer server = new HostileServer(script);
                CallClient client = CallClient.create(CallClientConfig.builder()
                        .callbacks(Runnable::run)
                        .failures((thread, failure) -> defects.add(failure))
                        .build())) {
            LoginResult login = client.login(
                            PhoneSystems.withVoicemail(
                                    PhoneSystems.sipOnly(),
                                    server.address().host(),
                                    server.address().port()),
                            Login.of("1001@127.0.0.1", Secret.of("pw")).trusting(server.trust()))
                    .toCompletableFuture()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!(login instanceof LoginResult.LoggedIn)) {
                return login.toString();
            }
            Await.until(
                    "the mailbox was read, or not",
                    () -> client.voicemail().snapshot().problem() != null
                            || client.voicemail().snapshot().availability() == VoicemailSnapshot.Availability.AVAILABLE,
                    LIMIT);
            VoicemailProblem problem = client.voicemail().snapshot().problem();
            return !defects.isEmpty() ? "exception " + defects.get(0) : problem == null ? "listed" : problem.code();
        }
    }

    private static String usual(String command) {
        if (command.equals("CAPABILITY")) {
            return "* CAPABILITY IMAP4rev1 IDLE UIDPLUS AUTH=PLAIN\r\nTAG OK\r\n";
        }
        if (command.startsWith("SELECT") || command.startsWith("EXAMINE")) {
            return "* 1 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted)] x\r\n"
                    + "TAG OK [READ-WRITE] x\r\n";
        }
        if (command.contains("FETCH") && command.contains("BODYSTRUCTURE")) {
            return "* 1 FETCH (UID 7 FLAGS () INTERNALDATE \"02-Mar-2026 10:00:00 +0000\" BODYSTRUCTURE (\"audio\""
                    + " \"x-wav\" NIL NIL NIL \"base64\" 8) BODY[HEADER.FIELDS (X)]<0> {" + HEADER.length() + "}\r\n"
                    + HEADER + ")\r\nTAG OK\r\n";
        }
        if (command.startsWith("UID FETCH")) {
            return "* 1 FETCH (UID 7 FLAGS ())\r\nTAG OK\r\n";
        }
        return command.equals("IDLE") ? "+ idling\r\n" : "TAG OK\r\n";
    }
}
