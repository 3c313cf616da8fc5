// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.soak.settings.Credentials;
import com.techpro.callclient.testkit.soak.settings.Credentials.User;
import com.techpro.callclient.testkit.soak.settings.ForeignPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects the phone system: the embedded one unless another is named. */
final class PbxOptions {
    @Option(
            names = "--pbx",
            paramLabel = "sips:HOST[:PORT]",
            description = "A phone system to use instead of the embedded one; sip: for UDP or TCP. Its users come from"
                    + " --users-file, or from the environment variable " + Credentials.VARIABLE + ".")
    @Nullable
    String pbx;

    @Option(
            names = "--users-file",
            paramLabel = "FILE",
            description = "Lines of: extension password [authentication-name].")
    @Nullable
    Path usersFile;

    @Option(names = "--ca", paramLabel = "FILE", description = "Certificates (PEM) to trust instead of the platform's.")
    @Nullable
    Path authorities;

    boolean foreign() {
        return pbx != null;
    }

    /** @throws BadArgument if options concern a phone system that is not named */
    void check() {
        if (!foreign() && (usersFile != null || authorities != null)) {
            throw new BadArgument((usersFile != null ? "--users-file" : "--ca")
                    + " is about another phone system: name it with --pbx. The embedded one makes its own.");
        }
    }

    /** @throws BadArgument if an argument is invalid */
    SoakPhoneSystem open(SipTransport transport, @Nullable SrtpSuite suite, Map<String, String> environment) {
        String address = pbx == null ? "" : pbx.toLowerCase(Locale.ROOT);
        boolean secure = address.startsWith("sips:");
        if (!secure && !address.startsWith("sip:")) {
            throw new BadArgument("--pbx must be an address like sips:pbx.example.com or sips:192.0.2.1:5061.");
        }
        if (secure != transport.isEncrypted()) {
            throw new BadArgument(
                    secure
                            ? "sips: means TLS or WSS; write sip: for --transport " + transport + "."
                            : "sip: is not encrypted; write sips:, or say --transport udp, tcp or ws for a lab.");
        }
        HostPort host;
        try {
            host = HostPort.parse(address.substring(address.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            throw new BadArgument("--pbx must be an address like sips:pbx.example.com or sips:192.0.2.1:5061.");
        }
        return new ForeignPhoneSystem(host, users(environment), transport, suite, trust());
    }

    private List<User> users(Map<String, String> environment) {
        String listed = environment.get(Credentials.VARIABLE);
        try {
            if (usersFile != null) {
                return Credentials.read(usersFile);
            }
            if (listed == null) {
                throw new BadArgument("There are no users: name a --users-file, or set " + Credentials.VARIABLE
                        + " to: extension password; extension password; ...");
            }
            return Credentials.parse(listed);
        } catch (IOException e) {
            throw new BadArgument("The users cannot be read: " + BadArgument.reason(e) + ".");
        }
    }

    private TlsTrust trust() {
        if (authorities == null) {
            return TlsTrust.PLATFORM;
        }
        try {
            return TlsTrust.anchoredAt(authorities);
        } catch (IOException | CertificateException e) {
            throw new BadArgument("The --ca file cannot be read: " + BadArgument.reason(e) + ".");
        }
    }
}
