// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.net.NumericHost;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ICE attributes of a description, as lines without {@code a=} (RFC 8839 §5, RFC 8840 §4).
 * Parsing never fails: unusable lines are skipped, and no more candidates are read than an agent
 * keeps.
 *
 * @param credentials null if ufrag or password is missing or invalid
 * @param mismatch whether the other side found that a gateway changed its addresses, and does not
 *     use ICE
 * @param remoteCandidates the addresses in use, by component: ours as the controlling side sees
 *     them
 * @param pacing the shortest time between two checks that the author wishes (RFC 8839 §5.5); of both
 *     sides' wishes the longer one applies (RFC 8445 §14.2)
 */
public record IceAttributes(
        @Nullable IceCredentials credentials,
        boolean lite,
        boolean mismatch,
        boolean endOfCandidates,
        Set<String> options,
        List<IceCandidate> candidates,
        List<RemoteCandidate> remoteCandidates,
        Duration pacing) {
    /** The attributes of a peer without ICE. */
    public static final IceAttributes NONE =
            new IceAttributes(null, false, false, false, Set.of(), List.of(), List.of());

    /** RFC 8445 §14.2: of an author who wishes nothing. */
    public static final Duration DEFAULT_PACING = Duration.ofMillis(50);

    /** RFC 8838 §3. */
    public static final String TRICKLE = "trickle";
    /** RFC 8445 §10: no aggressive nomination. */
    public static final String ICE2 = "ice2";

    private static final int MAX_LINES = 256;
    private static final int MAX_OPTIONS = 16;
    private static final int MAX_LENGTH = 1024;
    /** A slower pace would find no pair before the user gives up. */
    private static final int MAX_PACING_MILLIS = 1_000;

    public IceAttributes {
        options = Set.copyOf(options);
        candidates = List.copyOf(candidates);
        remoteCandidates = List.copyOf(remoteCandidates);
    }

    /** Attributes with the default pacing. */
    public IceAttributes(
            @Nullable IceCredentials credentials,
            boolean lite,
            boolean mismatch,
            boolean endOfCandidates,
            Set<String> options,
            List<IceCandidate> candidates,
            List<RemoteCandidate> remoteCandidates) {
        this(credentials, lite, mismatch, endOfCandidates, options, candidates, remoteCandidates, DEFAULT_PACING);
    }

    /**
     * Returns the addresses for a peer that does not use ICE: the candidates, without credentials
     * to check them.
     */
    public IceAttributes withoutCredentials() {
        return new IceAttributes(null, false, false, true, Set.of(), candidates, List.of());
    }

    public IceAttributes withCandidates(List<IceCandidate> others) {
        return new IceAttributes(
                credentials, lite, mismatch, endOfCandidates, options, others, remoteCandidates, pacing);
    }

    /** One entry of {@code a=remote-candidates}. */
    public record RemoteCandidate(int component, InetSocketAddress address) {
        /** Omits the address. */
        @Override
        public String toString() {
            return "RemoteCandidate[component " + component + "]";
        }
    }

    /**
     * Parses attributes in order: those of the session first, then those of the media section. Of a
     * line that may occur once, the last counts.
     */
    public static IceAttributes parse(List<String> attributes) {
        String ufrag = null;
        String password = null;
        boolean lite = false;
        boolean mismatch = false;
        boolean end = false;
        Set<String> options = new LinkedHashSet<>();
        List<IceCandidate> candidates = new ArrayList<>();
        List<RemoteCandidate> inUse = new ArrayList<>();
        Duration pacing = DEFAULT_PACING;
        for (String line : attributes.subList(0, Math.min(MAX_LINES, attributes.size()))) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 || line.length() > MAX_LENGTH ? "" : line.substring(colon + 1);
            switch (name) {
                // An invalid line does not override that of the session.
                case "ice-ufrag" -> ufrag = isIceText(value, 4) ? value : ufrag;
                case "ice-pwd" -> password = isIceText(value, 22) ? value : password;
                case "ice-lite" -> lite = true;
                case "ice-mismatch" -> mismatch = true;
                case "end-of-candidates" -> end = true;
                case "ice-options" -> {
                    for (String option : value.trim().split(" +", MAX_OPTIONS + 1)) {
                        if (isIceText(option, 1) && options.size() < MAX_OPTIONS) {
                            options.add(option);
                        }
                    }
                }
                case "candidate" -> {
                    IceCandidate candidate = parseCandidate(value);
                    if (candidate != null && candidates.size() < CheckList.MAX_REMOTE) {
                        candidates.add(candidate);
                    }
                }
                case "ice-pacing" -> pacing = pacing(value);
                case "remote-candidates" -> inUse = remoteCandidates(value);
                default -> {}
            }
        }
        return new IceAttributes(
                ufrag == null || password == null ? null : new IceCredentials(ufrag, password),
                lite,
                mismatch,
                end,
                options,
                candidates,
                inUse,
                pacing);
    }

    /**
     * Returns the candidate of a line, or null if the line is to be ignored (RFC 8839 §5.1):
     * malformed, over TCP, or of an unknown type. Also null for a host name, which may be an mDNS
     * name and is not looked up.
     */
    public static @Nullable IceCandidate parseCandidate(String value) {
        if (value.length() > MAX_LENGTH) {
            return null;
        }
        String[] words = value.split(" ", 64);
        if (words.length < 8 || !isIceText(words[0], 1) || words[0].length() > 32 || !words[6].equals("typ")) {
            return null;
        }
        long component = number(words[1], 2);
        long priority = number(words[3], Integer.MAX_VALUE);
        InetSocketAddress address = address(words[4], words[5]);
        CandidateType type = CandidateType.of(words[7]);
        if (component < 1 || priority < 1 || address == null || type == null || !words[2].equalsIgnoreCase("udp")) {
            return null;
        }
        InetSocketAddress related = null;
        if (words.length >= 12 && words[8].equals("raddr") && words[10].equals("rport")) {
            related = address(words[9], words[11]);
        }
        return new IceCandidate(
                words[0], (int) component, type, address, related == null ? address : related, priority);
    }

    /**
     * Returns the value of {@code a=candidate}. A reflexive candidate includes its related address,
     * as zeroes if that is withheld (RFC 8839 §5.1).
     */
    public static String write(IceCandidate candidate, boolean withholdRelated) {
        InetSocketAddress address = candidate.address();
        StringBuilder line = new StringBuilder(candidate.foundation())
                .append(' ')
                .append(candidate.component())
                .append(" UDP ")
                .append(candidate.priority())
                .append(' ')
                .append(NumericHost.text(address.getAddress()))
                .append(' ')
                .append(address.getPort())
                .append(" typ ")
                .append(candidate.type().token());
        if (candidate.type() != CandidateType.HOST) {
            boolean ipv4 = address.getAddress().getAddress().length == 4;
            InetSocketAddress base = candidate.base();
            line.append(" raddr ")
                    .append(withholdRelated ? ipv4 ? "0.0.0.0" : "::" : NumericHost.text(base.getAddress()))
                    .append(" rport ")
                    .append(withholdRelated ? 9 : base.getPort());
        }
        return line.toString();
    }

    /**
     * Returns the candidate for {@code c=} and {@code m=}, for a peer without ICE: the type that
     * most likely works (RFC 8445 §5.1.4). Relayed comes first, then server-reflexive, then host;
     * null if the component has no candidate.
     */
    public @Nullable IceCandidate defaultCandidate(int component) {
        IceCandidate best = null;
        for (IceCandidate candidate : candidates) {
            if (candidate.component() == component
                    && (best == null
                            || candidate.type().preference() < best.type().preference())) {
                best = candidate;
            }
        }
        return best;
    }

    /**
     * Returns the attributes, without {@code a=}, in the order in which {@link #parse} reads them.
     */
    public List<String> write(boolean withholdRelated) {
        List<String> lines = new ArrayList<>();
        if (lite) {
            lines.add("ice-lite");
        }
        if (!pacing.equals(DEFAULT_PACING)) {
            lines.add("ice-pacing:" + pacing.toMillis());
        }
        if (credentials != null) {
            lines.add("ice-ufrag:" + credentials.ufrag());
            lines.add("ice-pwd:" + credentials.password());
        }
        if (!options.isEmpty()) {
            lines.add(
                    "ice-options:" + String.join(" ", options.stream().sorted().collect(Collectors.toList())));
        }
        candidates.forEach(candidate -> lines.add("candidate:" + write(candidate, withholdRelated)));
        if (!remoteCandidates.isEmpty()) {
            List<String> words = new ArrayList<>();
            remoteCandidates.forEach(used -> words.add(used.component() + " "
                    + NumericHost.text(used.address().getAddress()) + " "
                    + used.address().getPort()));
            lines.add("remote-candidates:" + String.join(" ", words));
        }
        if (endOfCandidates) {
            lines.add("end-of-candidates");
        }
        if (mismatch) {
            lines.add("ice-mismatch");
        }
        return lines;
    }

    private static Duration pacing(String value) {
        long millis = number(value, 9_999_999_999L);
        return millis < 0 ? DEFAULT_PACING : Duration.ofMillis(Math.min(millis, MAX_PACING_MILLIS));
    }

    private static List<RemoteCandidate> remoteCandidates(String value) {
        String[] words = value.split(" ", 8);
        List<RemoteCandidate> found = new ArrayList<>();
        for (int i = 0; i + 2 < words.length; i += 3) {
            long component = number(words[i], 2);
            InetSocketAddress address = address(words[i + 1], words[i + 2]);
            if (component >= 1 && address != null) {
                found.add(new RemoteCandidate((int) component, address));
            }
        }
        return found;
    }

    private static @Nullable InetSocketAddress address(String host, String port) {
        InetAddress address = host.length() > 45 ? null : NumericHost.parse(host);
        long number = number(port, 65_535);
        boolean usable = address != null && !address.isAnyLocalAddress() && !address.isMulticastAddress();
        return usable && number >= 1 ? new InetSocketAddress(address, (int) number) : null;
    }

    /** Returns the number, or -1. */
    private static long number(String text, long most) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        long value = Long.parseLong(text);
        return value <= most ? value : -1;
    }

    private static boolean isIceText(String text, int least) {
        return text.length() >= least
                && text.length() <= 256
                && text.chars().allMatch(c -> isIceCharacter(c) || (c == '-' && least == 1));
    }

    private static boolean isIceCharacter(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}
