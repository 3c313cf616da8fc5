// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.dtls.DtlsIdentity;
import com.techpro.callclient.engine.internal.media.dtls.DtlsRole;
import com.techpro.callclient.engine.internal.media.dtls.Fingerprint;
import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What protects a stream, as signalling has agreed. That there are no keys yet is another thing than that there is no encryption. */
public sealed interface Keying {
    /** Nothing does; for a lab only. */
    record Clear() implements Keying {}

    /**
     * Keys that came by the signalling (RFC 4568).
     *
     * @param local protects what is sent
     * @param remote protects what is received
     */
    record Sdes(SrtpKeys local, SrtpKeys remote) implements Keying {}

    /**
     * Keys that a handshake on the way of the media will give (RFC 5763). Until then nothing is sent, and nothing is heard.
     *
     * @param role ours
     * @param own the certificate we show
     * @param theirs what the signalling told of the certificate that the other side will show; never empty
     * @param suites what may be agreed on, the best first
     * @param tlsId what the other side calls its association (RFC 8842 §3); null if it never said
     * @param resets how often the other side has said since that its association is a new one (RFC 4145 §5)
     */
    record Dtls(
            DtlsRole role,
            DtlsIdentity own,
            List<Fingerprint> theirs,
            List<SrtpSuite> suites,
            @Nullable String tlsId,
            int resets)
            implements Keying {
        public Dtls {
            theirs = List.copyOf(theirs);
            suites = List.copyOf(suites);
            if (theirs.isEmpty()) {
                throw new IllegalArgumentException("somebody without a fingerprint could be anybody");
            }
        }

        /** Of a first description. */
        public Dtls(DtlsRole role, DtlsIdentity own, List<Fingerprint> theirs, List<SrtpSuite> suites) {
            this(role, own, theirs, suites, null, 0);
        }

        /** Whether it is between the same two, in the same roles: then at most the association is another. */
        boolean isBetweenTheSame(Dtls other) {
            return role == other.role
                    && own.equals(other.own)
                    && theirs.equals(other.theirs)
                    && suites.equals(other.suites);
        }
    }

    /** Whether media is SRTP, with keys that are there or to come. */
    default boolean encrypted() {
        return !(this instanceof Clear);
    }
}
