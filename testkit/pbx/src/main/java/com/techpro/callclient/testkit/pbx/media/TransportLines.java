// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The transport lines of one leg's SDP: DTLS keys (RFC 5763), ICE as a lite side with one candidate
 * (RFC 8839 §5.3), and a bundle of one section (RFC 9143).
 */
final class TransportLines {
    /** The PBX's name of its section in offers. */
    private static final String MID = "0";
    /** RFC 8445 §14.2: the least; a lite side makes no checks, so any pace is right. */
    private static final String PACING = "a=ice-pacing:5\r\n";

    private final MediaPort port;
    private final DtlsIdentity identity;
    private final List<SrtpSuite> suites;
    private final boolean forgets;
    private final Random random;
    private String mid = MID;
    private boolean bundled = true;
    private @Nullable IceCredentials credentials;
    private @Nullable String lastUfrag;

    /** @param forgets whether each SDP starts a new association */
    TransportLines(MediaPort port, DtlsIdentity identity, List<SrtpSuite> suites, boolean forgets, Random random) {
        this.port = port;
        this.identity = identity;
        this.suites = suites;
        this.forgets = forgets;
        this.random = random;
    }

    /** Reads the device's name of its section. */
    void names(Sdp sdp, Sdp.Section audio) {
        List<String> values = audio.values("mid");
        mid = values.isEmpty() ? "" : values.get(0).trim();
        bundled = !mid.isEmpty()
                && sdp.attributes().stream()
                        .anyMatch(line -> line.startsWith("group:BUNDLE ")
                                && List.of(line.split(" +", -1)).contains(mid));
    }

    /**
     * Returns the keying for a DTLS offer. The PBX awaits the handshake if it may, unless it
     * forgets associations.
     *
     * @return null if there is no DTLS
     */
    Keying.@Nullable Dtls answer(Sdp offer, Sdp.Section audio, Keying.@Nullable Dtls current) {
        return switch (first(offer, audio, "setup")) {
            case "active" -> keying(DtlsRole.SERVER, offer, audio);
            case "passive" -> keying(DtlsRole.CLIENT, offer, audio);
            case "actpass" ->
                keying(current != null ? current.role() : forgets ? DtlsRole.CLIENT : DtlsRole.SERVER, offer, audio);
            default -> null;
        };
    }

    /** Returns the keying for an answer to {@code actpass}; null if it is not such an answer. */
    Keying.@Nullable Dtls conclude(Sdp answer, Sdp.Section audio) {
        return switch (first(answer, audio, "setup")) {
            case "active" -> keying(DtlsRole.SERVER, answer, audio);
            case "passive" -> keying(DtlsRole.CLIENT, answer, audio);
            default -> null;
        };
    }

    private Keying.@Nullable Dtls keying(DtlsRole role, Sdp sdp, Sdp.Section audio) {
        List<String> values = new ArrayList<>(audio.values("fingerprint"));
        if (values.isEmpty()) {
            values.addAll(sdp.values("fingerprint"));
        }
        List<Fingerprint> theirs = new ArrayList<>();
        for (String value : values) {
            Fingerprint fingerprint = Fingerprint.parse(value.trim());
            if (fingerprint != null) {
                theirs.add(fingerprint);
            }
        }
        return theirs.isEmpty() ? null : new Keying.Dtls(role, identity, theirs, suites);
    }

    /** Returns the device's ufrag; null without ICE. A new one restarts ICE (RFC 8445 §9). */
    @Nullable
    String ufrag(Sdp sdp, Sdp.Section audio) {
        String ufrag = first(sdp, audio, "ice-ufrag");
        if (ufrag.isEmpty() || first(sdp, audio, "ice-pwd").isEmpty()) {
            return null;
        }
        if (lastUfrag != null && !lastUfrag.equals(ufrag)) {
            credentials = null;
        }
        lastUfrag = ufrag;
        return ufrag;
    }

    private static String first(Sdp sdp, Sdp.Section audio, String name) {
        List<String> values = audio.values(name);
        if (values.isEmpty()) {
            values = sdp.values(name);
        }
        return values.isEmpty() ? "" : values.get(0).trim();
    }

    /** Returns the session-level lines. */
    String session(boolean dtls, boolean ice) {
        boolean group = dtls && bundled && !mid.isEmpty();
        return (group ? "a=group:BUNDLE " + mid + "\r\n" : "") + (ice ? "a=ice-lite\r\n" + PACING : "");
    }

    /** Appends the lines of the section. */
    void append(StringBuilder body, @Nullable String setup, boolean ice) {
        if (setup != null) {
            if (!mid.isEmpty()) {
                body.append("a=mid:").append(mid).append("\r\n");
            }
            body.append("a=setup:").append(setup).append("\r\na=fingerprint:");
            body.append(identity.fingerprint().toAttribute()).append("\r\n");
            body.append(forgets && !ice ? "a=connection:new\r\n" : "");
        }
        if (ice) {
            IceCredentials ours = credentials;
            if (ours == null) {
                ours = IceCredentials.random(random);
                credentials = ours;
            }
            port.expectChecks(ours);
            InetSocketAddress address = port.localAddress();
            body.append("a=ice-ufrag:").append(ours.ufrag()).append("\r\na=ice-pwd:");
            body.append(ours.password()).append("\r\na=candidate:1 1 UDP 2130706431 ");
            body.append(address.getAddress().getHostAddress()).append(' ').append(address.getPort());
            body.append(" typ host\r\na=end-of-candidates\r\n");
        }
    }

    static String setup(Keying.Dtls agreed) {
        return agreed.role() == DtlsRole.CLIENT ? "active" : "passive";
    }
}
