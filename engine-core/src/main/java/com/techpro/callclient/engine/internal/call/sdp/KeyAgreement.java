// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an offer and its answer say of keys: SDES (RFC 4568), DTLS (RFC 5763, RFC 8842) or, in a lab, none. An offer may have both; the answer has one.
 *
 * @param keying what is agreed
 * @param written what our section says of it
 */
record KeyAgreement(Keying keying, Consumer<SectionWriter> written) {
    private static final String CLEAR = "RTP/AVP";
    private static final String SDES = "RTP/SAVP";
    private static final String DTLS = "UDP/TLS/RTP/SAVP";

    /** The profile of a first offer. With both it is that of SDES, which is the older: who knows DTLS alone looks for the fingerprint all the same. */
    static String profile(LocalMedia local) {
        if (local.floor().cleartextMedia()) {
            return CLEAR;
        }
        return local.offered().contains(KeyExchange.SDES) ? SDES : DTLS;
    }

    /**
     * Writes what is offered.
     *
     * @param before our section of the last description, which settles what the session's keys come by; null in a first offer
     */
    static void offer(LocalMedia local, @Nullable AudioSection before, SectionWriter section) {
        boolean sdes = before == null
                ? !local.floor().cleartextMedia() && local.offered().contains(KeyExchange.SDES)
                : before.line().has("crypto");
        boolean dtls = before == null
                ? !local.floor().cleartextMedia() && local.offered().contains(KeyExchange.DTLS)
                : before.dtls();
        if (sdes) {
            int tag = 1;
            for (SrtpSuite suite : local.floor().suites()) {
                section.crypto(tag++, local.keysFor(suite));
            }
        }
        if (dtls) {
            section.dtls(local.identity().fingerprint(), Setup.ACTPASS);
        }
    }

    /**
     * What to answer.
     *
     * @param current what the session's keys came by so far
     * @return null if we have no keys in common
     */
    static @Nullable KeyAgreement answer(LocalMedia local, AudioSection theirs, @Nullable Keying current) {
        KeyAgreement dtls = answerDtls(local, theirs, current);
        KeyAgreement sdes = answerSdes(local, theirs);
        boolean preferDtls = !local.keying().offers(KeyExchange.SDES) || current instanceof Keying.Dtls;
        if (dtls != null && (sdes == null || preferDtls)) {
            return dtls;
        }
        if (sdes != null) {
            return sdes;
        }
        boolean clear = theirs.profile() != null && !theirs.profile().secure();
        return clear && local.floor().cleartextMedia() ? new KeyAgreement(new Keying.Clear(), section -> {}) : null;
    }

    private static @Nullable KeyAgreement answerDtls(LocalMedia local, AudioSection theirs, @Nullable Keying current) {
        Setup setup = theirs.setup();
        if (!local.keying().takes(KeyExchange.DTLS) || theirs.fingerprints().isEmpty() || setup == null) {
            return null;
        }
        Keying.Dtls before = current instanceof Keying.Dtls dtls ? dtls : null;
        DtlsRole role = setup == Setup.ACTPASS && before != null && before.resets() > 0
                // It has forgotten a handshake before, and may have without a word: so it begins, if it has.
                ? DtlsRole.SERVER
                : setup.answer(before == null ? null : before.role());
        return role == null
                ? null
                : new KeyAgreement(
                        dtls(local, theirs, role, before),
                        section -> section.dtls(local.identity().fingerprint(), Setup.of(role)));
    }

    /** What their description comes to, after what was agreed before. */
    private static Keying.Dtls dtls(
            LocalMedia local, AudioSection theirs, DtlsRole role, Keying.@Nullable Dtls before) {
        String known = before == null ? null : before.tlsId();
        // A first description may call its association new, as it is; and say so twice, before and with the answer.
        int resets = before == null ? 0 : before.resets() + (theirs.anew() ? 1 : 0);
        return new Keying.Dtls(
                role,
                local.identity(),
                theirs.fingerprints(),
                local.floor().suites(),
                theirs.tlsId() == null ? known : theirs.tlsId(),
                resets);
    }

    /**
     * Our best suite among theirs. A crypto line under a profile without encryption is taken as well: phones that would rather encrypt but
     * do not insist send that, and the result is as good.
     */
    private static @Nullable KeyAgreement answerSdes(LocalMedia local, AudioSection theirs) {
        if (!local.keying().takes(KeyExchange.SDES)) {
            return null;
        }
        for (SrtpSuite suite : local.floor().suites()) {
            for (CryptoAttribute crypto : theirs.cryptos()) {
                if (crypto instanceof CryptoAttribute.Usable usable
                        && usable.keys().suite() == suite) {
                    SrtpKeys ours = local.keysFor(suite);
                    return new KeyAgreement(
                            new Keying.Sdes(ours, usable.keys()), section -> section.crypto(usable.tag(), ours));
                }
            }
        }
        return null;
    }

    /** What the answer to our offer settles; null if it would be a downgrade, or keys that we did not offer. */
    static @Nullable Keying conclude(
            LocalMedia local, AudioSection offered, AudioSection theirs, @Nullable Keying current) {
        boolean sdes = offered.line().has("crypto");
        if (!sdes && !offered.dtls()) {
            return theirs.profile() != null && !theirs.profile().secure() ? new Keying.Clear() : null;
        }
        CryptoAttribute.Usable crypto = sdes ? answered(offered, theirs) : null;
        if (crypto != null) {
            return new Keying.Sdes(local.keysFor(crypto.keys().suite()), crypto.keys());
        }
        Keying.Dtls before = current instanceof Keying.Dtls dtls ? dtls : null;
        DtlsRole role = theirs.setup() == null ? null : theirs.setup().conclude(before == null ? null : before.role());
        if (!offered.dtls() || role == null || theirs.fingerprints().isEmpty()) {
            return null;
        }
        return dtls(local, theirs, role, before);
    }

    /** The crypto line of an answer: one we offered, under its tag, with its suite (RFC 4568 §5.1.3). */
    private static CryptoAttribute.@Nullable Usable answered(AudioSection offered, AudioSection answer) {
        if (answer.profile() != offered.profile()) {
            return null;
        }
        for (CryptoAttribute theirs : answer.cryptos()) {
            for (CryptoAttribute ours : offered.cryptos()) {
                if (theirs instanceof CryptoAttribute.Usable chosen
                        && ours instanceof CryptoAttribute.Usable mine
                        && chosen.tag() == mine.tag()
                        && chosen.keys().suite() == mine.keys().suite()) {
                    return chosen;
                }
            }
        }
        return null;
    }
}
