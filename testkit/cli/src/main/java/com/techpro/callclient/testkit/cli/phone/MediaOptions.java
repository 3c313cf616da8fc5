// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of an account's codecs, keys and ICE. Without an option the engine's default applies. */
public class MediaOptions {
    private static final List<String> CODECS = List.of("opus", "g722", "pcma", "pcmu");

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            split = ",",
            description = "Codecs to use, the best first: opus, g722, pcma, pcmu.")
    private List<String> codecs = List.of();

    @Option(
            names = "--keying",
            paramLabel = "POLICY",
            converter = Keying.class,
            description = "Keys to offer, and to take: sdes or dtls and nothing else, or ${COMPLETION-CANDIDATES}.")
    private @Nullable KeyingPolicy keying;

    @Option(
            names = "--ice",
            paramLabel = "USE",
            arity = "0..1",
            fallbackValue = "OFFERED",
            description = "Find a path with ICE: ${COMPLETION-CANDIDATES}; ${FALLBACK-VALUE} if no value is given.")
    private IceSettings.@Nullable Use ice;

    @Option(
            names = "--stun",
            paramLabel = "HOST[:PORT]",
            description = "Ask this server for this machine's public address; for --ice.")
    private List<String> stun = List.of();

    /**
     * Empty if not given.
     *
     * @throws IllegalArgumentException if there is no such codec; the message names the available
     *     ones
     */
    public final List<String> codecs() {
        List<String> names = codecs.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        for (String name : names) {
            if (!CODECS.contains(name)) {
                throw new IllegalArgumentException("--codec " + name + ": there are " + String.join(", ", CODECS));
            }
        }
        return names;
    }

    /** Null if not given. */
    public final @Nullable KeyingPolicy keying() {
        return keying;
    }

    /** Null if not given. */
    public final IceSettings.@Nullable Use ice() {
        return ice;
    }

    /** @throws IllegalArgumentException if one of them is not a host; the message says which */
    public final List<IceServer> servers() {
        List<IceServer> servers = new ArrayList<>();
        for (String each : stun) {
            servers.add(IceServer.stun(hostPort("--stun", each).toString()));
        }
        return servers;
    }

    static HostPort hostPort(String option, String text) {
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": the host is " + e.getMessage(), e);
        }
    }

    /** The policies' names, and two short ones. */
    static final class Keying implements ITypeConverter<KeyingPolicy> {
        @Override
        public KeyingPolicy convert(String said) {
            String name = said.toUpperCase(Locale.ROOT);
            try {
                return switch (name) {
                    case "SDES" -> KeyingPolicy.SDES_ONLY;
                    case "DTLS" -> KeyingPolicy.DTLS_ONLY;
                    default -> KeyingPolicy.valueOf(name);
                };
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("there is no keying " + said);
            }
        }
    }
}
