// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.dtls.DtlsIdentity;
import com.techpro.callclient.engine.internal.media.dtls.DtlsRole;
import com.techpro.callclient.engine.internal.media.dtls.Fingerprint;
import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.util.List;

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
     */
    record Dtls(DtlsRole role, DtlsIdentity own, List<Fingerprint> theirs, List<SrtpSuite> suites) implements Keying {
        public Dtls {
            theirs = List.copyOf(theirs);
            suites = List.copyOf(suites);
            if (theirs.isEmpty()) {
                throw new IllegalArgumentException("somebody without a fingerprint could be anybody");
            }
        }
    }

    /** Whether media is SRTP, with keys that are there or to come. */
    default boolean encrypted() {
        return !(this instanceof Clear);
    }
}
