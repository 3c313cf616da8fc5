// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The least protection that an account accepts. The default is the strictest that real phone
 * systems meet. Only a lab goes below it, and every snapshot shows that.
 *
 * @param suites acceptable SRTP suites, best first; never empty
 * @param md5Digest whether MD5 digest authentication (RFC 7616 §3.2) is answered if the server
 *     offers nothing better
 * @param cleartextSignalling lab only: SIP over UDP, TCP or a WebSocket without TLS
 * @param cleartextMedia lab only: RTP without SRTP is offered and accepted
 * @param digestDowngrade lab only: MD5 is answered even if the same realm has asked for SHA-2
 *     before
 */
public record SecurityFloor(
        List<SrtpSuite> suites,
        boolean md5Digest,
        boolean cleartextSignalling,
        boolean cleartextMedia,
        boolean digestDowngrade) {
    /**
     * TLS and SRTP, GCM preferred. MD5 digests are answered only inside TLS, because most phone
     * systems support nothing else, and never for a realm that has used SHA-2.
     */
    public static final SecurityFloor DEFAULT = new SecurityFloor(
            List.of(SrtpSuite.AEAD_AES_256_GCM, SrtpSuite.AEAD_AES_128_GCM, SrtpSuite.AES_CM_128_HMAC_SHA1_80),
            true,
            false,
            false,
            false);

    public SecurityFloor {
        suites = List.copyOf(Objects.requireNonNull(suites, "suites"));
        if (suites.isEmpty()) {
            throw new IllegalArgumentException("at least one SRTP suite must be acceptable");
        }
    }

    public SecurityFloor withSuites(List<SrtpSuite> acceptable) {
        return new SecurityFloor(acceptable, md5Digest, cleartextSignalling, cleartextMedia, digestDowngrade);
    }

    public SecurityFloor withoutMd5Digest() {
        return new SecurityFloor(suites, false, cleartextSignalling, cleartextMedia, digestDowngrade);
    }

    /** For a lab: password digests, numbers and keys become readable on the network. */
    public SecurityFloor labAllowCleartextSignalling() {
        return new SecurityFloor(suites, md5Digest, true, cleartextMedia, digestDowngrade);
    }

    /** For a lab: speech becomes audible on the network. */
    public SecurityFloor labAllowCleartextMedia() {
        return new SecurityFloor(suites, md5Digest, cleartextSignalling, true, digestDowngrade);
    }

    /**
     * For a lab whose servers do not agree: a realm that has asked for SHA-2 may later ask for MD5.
     * An impostor of the phone system can then get a digest from which it can guess the password.
     */
    public SecurityFloor labAllowDigestDowngrade() {
        return new SecurityFloor(suites, md5Digest, cleartextSignalling, cleartextMedia, true);
    }

    /**
     * Returns what both accept: the suites common to both in this floor's order, and nothing that
     * one of them forbids.
     *
     * @throws IllegalArgumentException if they have no suite in common
     */
    public SecurityFloor tightenedBy(SecurityFloor other) {
        Objects.requireNonNull(other, "other");
        return new SecurityFloor(
                suites.stream().filter(other.suites::contains).collect(Collectors.toList()),
                md5Digest && other.md5Digest,
                cleartextSignalling && other.cleartextSignalling,
                cleartextMedia && other.cleartextMedia,
                digestDowngrade && other.digestDowngrade);
    }

    /** Returns whether a lab switch is on. */
    public boolean isWeakened() {
        return cleartextSignalling || cleartextMedia || digestDowngrade;
    }
}
