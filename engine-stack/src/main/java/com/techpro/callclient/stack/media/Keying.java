// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agreed protection of a stream. Missing keys are distinct from no encryption. */
public sealed interface Keying {
    /** No protection; for a lab only. */
    record Clear() implements Keying {}

    /**
     * Keys exchanged in the signalling (RFC 4568).
     *
     * @param local protects what is sent
     * @param remote protects what is received
     */
    record Sdes(SrtpKeys local, SrtpKeys remote) implements Keying {}

    /**
     * Keys from a DTLS handshake on the media path (RFC 5763). Until it is done, nothing is sent or
     * played.
     *
     * @param role this side's role
     * @param own this side's certificate
     * @param theirs the signalled fingerprints of the other side's certificate; never empty
     * @param suites the suites to offer or accept, best first
     * @param tlsId the other side's name for its association (RFC 8842 §3); null if it never gave
     *     one
     * @param resets how often the other side has said since that its association is new (RFC 4145
     *     §5)
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

        /** For a first description. */
        public Dtls(DtlsRole role, DtlsIdentity own, List<Fingerprint> theirs, List<SrtpSuite> suites) {
            this(role, own, theirs, suites, null, 0);
        }

        /** Whether certificates and roles are the same: then at most the association differs. */
        boolean isBetweenTheSame(Dtls other) {
            return role == other.role
                    && own.equals(other.own)
                    && theirs.equals(other.theirs)
                    && suites.equals(other.suites);
        }
    }

    /** Whether media is SRTP, with keys that exist or will follow. */
    default boolean encrypted() {
        return !(this instanceof Clear);
    }
}
