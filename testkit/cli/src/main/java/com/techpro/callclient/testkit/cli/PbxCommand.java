// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.cli.console.Console;
import com.techpro.callclient.testkit.cli.error.ErrorLine;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxBuilder;
import com.techpro.callclient.testkit.soak.settings.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code callclient pbx}: the embedded PBX for phones in other programs. */
@Command(
        name = "pbx",
        description = {
            "Runs the embedded PBX until Ctrl-C, for any phone: baresip, Linphone, your own app.",
            "Besides its extensions you can call 600 (echo), 601 (a tone), 602 (busy), 603 (no answer), 604"
                    + " (declined), 605 (ends at once), 606 (silence) and 607 (early media); 8000 is a conference room,"
                    + " 8001 one behind a PIN, 8002 one that does not say what it is.",
            "Exit code 0: it was ended by Ctrl-C; 2: it could not be started."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PbxCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--address",
            paramLabel = "IP",
            defaultValue = "127.0.0.1",
            description = "Where to serve (default ${DEFAULT-VALUE}).")
    private String address = "127.0.0.1";

    @Option(
            names = "--users-file",
            paramLabel = "FILE",
            description = "Lines of: extension password. Without it, the environment variable " + Credentials.VARIABLE
                    + " has them, separated by semicolons.")
    private @Nullable Path usersFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            defaultValue = "callclient-pbx-ca.pem",
            description = "Where to write the certificate that phones must trust (default ${DEFAULT-VALUE}).")
    private Path authority = Path.of("callclient-pbx-ca.pem");

    @Option(
            names = "--tls",
            paramLabel = "PORT",
            defaultValue = "5061",
            description = "0 for a free one (default ${DEFAULT-VALUE}).")
    private int tls;

    @Option(
            names = "--wss",
            paramLabel = "PORT",
            description = "Serve SIP over WebSockets inside TLS as well, at any path; 0 for a free one.")
    private @Nullable Integer wss;

    @Option(
            names = "--ws",
            paramLabel = "PORT",
            description = "For a lab: serve SIP over readable WebSockets as well; 0 for a free one.")
    private @Nullable Integer ws;

    @Option(
            names = "--https",
            paramLabel = "PORT",
            description =
                    "Serve the users' accounts over HTTPS as well, 0 for a free one: then they log in by e-mail, which"
                            + " is their extension, an @ and the domain, and with the same password.")
    private @Nullable Integer https;

    @Option(
            names = "--voicemail",
            paramLabel = "PORT",
            description =
                    "Take messages for users who do not answer; keep them in a mail server at that IMAPS port, 0 for a"
                            + " free one. *97 plays them; a * before an extension leaves one.")
    private @Nullable Integer voicemail;

    @Option(
            names = "--voicemail-format",
            paramLabel = "FORMAT",
            defaultValue = "wav",
            description = "How messages are kept: wav, mulaw, or wav49, which is GSM 06.10 (default ${DEFAULT-VALUE}).")
    private String voicemailFormat = "wav";

    @Option(
            names = "--room-pin",
            paramLabel = "DIGITS",
            defaultValue = "1234",
            description = "The PIN of room 8001 (default ${DEFAULT-VALUE}).")
    private String roomPin = "1234";

    @Option(names = "--tcp", paramLabel = "PORT", description = "Serve SIP over TCP as well; for a lab.")
    private @Nullable Integer tcp;

    @Option(names = "--udp", paramLabel = "PORT", description = "Serve SIP over UDP as well; for a lab.")
    private @Nullable Integer udp;

    @Option(
            names = "--md5",
            description =
                    "Ask for passwords with MD5 only: for phones that give up when they are offered SHA-256 too, as"
                            + " baresip 1.1 does.")
    private boolean md5;

    @Option(
            names = "--field-profile",
            description =
                    "Behave as phone systems in the field do, and not only as their standards say: short sessions,"
                            + " music for hold, contacts rewritten, no answer to keep-alives, and the like.")
    private boolean fieldProfile;

    @Option(
            names = "--console",
            paramLabel = "PORT",
            description =
                    "Serve a page that shows what happens and rings, faults and forgets by a click, only on 127.0.0.1;"
                            + " 0 for a free port. The printed address has a token: anyone who has it can do all that.")
    private @Nullable Integer console;

    /** The first user, for examples. */
    private String first = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        InterruptHandler interruption = InterruptHandler.of(ended::countDown);
        try (EmbeddedPbx pbx = open(System.getenv())) {
            Console page = openConsole(pbx);
            try {
                describe(pbx, page, spec.commandLine().getOut());
                ended.await();
            } finally {
                if (page != null) {
                    page.close();
                }
            }
            interruption.endsWith(0);
        } finally {
            interruption.close();
        }
        return 0;
    }

    /** Starts a PBX as the arguments say, and writes its authority's certificate. */
    EmbeddedPbx open(Map<String, String> environment) {
        EmbeddedPbx pbx;
        try {
            pbx = builder(environment).start();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw wrong("The PBX cannot serve there: " + cause(e));
        }
        try {
            Files.writeString(authority, pbx.authorityPem());
        } catch (IOException e) {
            pbx.close();
            throw wrong("The --ca file cannot be written.");
        }
        return pbx;
    }

    /** Opens the console page of a PBX from {@link #open}; null unless it was requested. */
    @Nullable
    Console openConsole(EmbeddedPbx pbx) {
        Integer port = console;
        if (port == null) {
            return null;
        }
        try {
            return Console.open(pbx, voicemail == null ? null : pbx.voicemail(), port);
        } catch (IOException e) {
            throw wrong("The console cannot be served at port " + port + ": " + e.getMessage() + ".");
        }
    }

    /** Returns the system's own message if there is one, because it names the port. */
    private static String cause(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private PbxBuilder builder(Map<String, String> environment) {
        PbxBuilder builder = EmbeddedPbx.builder().address(address).recordedRequests(0);
        serve(builder, SipTransport.TLS, tls);
        serve(builder, SipTransport.TCP, tcp);
        serve(builder, SipTransport.UDP, udp);
        serve(builder, SipTransport.WSS, wss);
        serve(builder, SipTransport.WS, ws);
        Map<String, String> passwords = new LinkedHashMap<>();
        List<String> lines = userLines(environment);
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).strip().split("\\s+", -1);
            if (words[0].isEmpty() || words[0].startsWith("#")) {
                continue;
            }
            if (words.length != 2) {
                throw wrong("Each user must be: extension password. One of them is something else.");
            }
            builder.extension(words[0], words[1]);
            if (passwords.put(words[0], words[1]) != null) {
                throw wrong("Two users have the same extension: number " + (i + 1)
                        + " in the list repeats an earlier one." + " Give each its own.");
            }
        }
        if (passwords.isEmpty()) {
            throw wrong("There are no users.");
        }
        first = passwords.keySet().iterator().next();
        if (!roomPin.matches("[0-9]{1,32}")) {
            throw wrong("A PIN must be digits only.");
        }
        builder.roomPin(roomPin);
        if (console != null) {
            requirePort(console);
            builder.traced();
        }
        if (fieldProfile) {
            builder.fieldProfile();
        }
        if (md5) {
            builder.digests("MD5");
        }
        Integer mail = voicemail;
        if (mail != null) {
            requirePort(mail);
            try {
                builder.voicemail(boxes -> boxes.port(mail).format(voicemailFormat));
            } catch (IllegalArgumentException e) {
                throw wrong("A --voicemail-format must be wav, mulaw or wav49.");
            }
        }
        Integer port = https;
        if (port != null) {
            requirePort(port);
            builder.provisioning(accounts -> passwords.forEach(accounts.port(port)::password));
        }
        return builder;
    }

    private List<String> userLines(Map<String, String> environment) {
        String listed = environment.get(Credentials.VARIABLE);
        try {
            if (usersFile != null) {
                return Files.readAllLines(usersFile);
            }
        } catch (IOException e) {
            throw wrong("The --users-file cannot be read.");
        }
        if (listed == null) {
            throw wrong("There are no users: name a --users-file, or set " + Credentials.VARIABLE
                    + " to: extension password; extension password; ...");
        }
        return List.of(listed.split(";", -1));
    }

    private void serve(PbxBuilder builder, SipTransport transport, @Nullable Integer port) {
        if (port == null) {
            builder.without(transport);
        } else {
            requirePort(port);
            builder.port(transport, port);
        }
    }

    private void requirePort(int port) {
        if (port < 0 || port > MOST_PORT) {
            throw wrong("A port must be 0 to " + MOST_PORT + ".");
        }
    }

    private boolean serves(SipTransport transport) {
        return switch (transport) {
            case UDP -> udp != null;
            case TCP -> tcp != null;
            case TLS -> true;
            case WS -> ws != null;
            case WSS -> wss != null;
        };
    }

    private void describe(EmbeddedPbx pbx, @Nullable Console page, PrintWriter out) {
        out.printf(Locale.ROOT, "domain     %s%n", pbx.domain());
        for (SipTransport transport : SipTransport.values()) {
            if (serves(transport)) {
                out.printf(Locale.ROOT, "%-10s %s%n", transport, pbx.address(transport));
            }
        }
        if (https != null) {
            out.printf(
                    Locale.ROOT,
                    "accounts   https://%s/provisioning%n",
                    pbx.login(first).server());
        }
        if (voicemail != null) {
            out.printf(
                    Locale.ROOT,
                    "voicemail  imaps://%s, user %s%n",
                    pbx.voicemail().address(),
                    pbx.voicemail().user(first));
        }
        if (page != null) {
            out.printf(Locale.ROOT, "console    %s%n", page.address());
        }
        out.printf(
                Locale.ROOT,
                "authority  %s%n",
                ErrorLine.printable(authority.toAbsolutePath().toString()));
        out.println("Press Ctrl-C to stop it.");
        out.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
