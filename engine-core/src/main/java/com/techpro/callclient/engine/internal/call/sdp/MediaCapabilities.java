// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a refusal's description says that its author can do (RFC 3261 §21.4.26), beside what was offered. Pure. */
public final class MediaCapabilities {
    private MediaCapabilities() {}

    /** What keys the sound of a description comes by: none if it is in clear; null if there is no sound in it. */
    public static @Nullable Set<KeyExchange> keys(SessionDescription description) {
        AudioSection audio = audio(description);
        return audio == null ? null : keys(audio);
    }

    /** Where the two do not meet; null if they do, as far as can be seen. */
    public static @Nullable MediaProblem difference(SessionDescription offered, SessionDescription able) {
        AudioSection ours = audio(offered);
        AudioSection theirs = audio(able);
        if (ours == null || theirs == null) {
            return null;
        }
        Set<KeyExchange> our = keys(ours);
        Set<KeyExchange> their = keys(theirs);
        if (their.isEmpty() && !our.isEmpty()) {
            return MediaProblem.ENCRYPTION_REFUSED;
        }
        boolean keysMeet = our.equals(their) || !Collections.disjoint(our, their);
        if (!keysMeet || !suitesMeet(ours, theirs)) {
            return MediaProblem.ENCRYPTION_UNSUPPORTED;
        }
        if (theirs.codecs().stream().noneMatch(format -> isAmong(ours.codecs(), format))) {
            return MediaProblem.NO_COMMON_CODEC;
        }
        boolean foundByIce = theirs.transport().ice().credentials() != null;
        return foundByIce && ours.transport().ice().credentials() == null ? MediaProblem.ICE_REFUSED : null;
    }

    private static Set<KeyExchange> keys(AudioSection audio) {
        Set<KeyExchange> keys = EnumSet.noneOf(KeyExchange.class);
        if (audio.dtls()) {
            keys.add(KeyExchange.DTLS);
        }
        boolean secure = audio.profile() != null && audio.profile().secure();
        if (audio.line().has("crypto") || (secure && !audio.dtls())) {
            keys.add(KeyExchange.SDES);
        }
        return keys;
    }

    /** Those of SDES; whoever names none may have any. */
    private static boolean suitesMeet(AudioSection ours, AudioSection theirs) {
        boolean named = ours.line().has("crypto") && theirs.line().has("crypto");
        return !named || ours.dtls() || !Collections.disjoint(suites(ours), suites(theirs));
    }

    private static Set<SrtpSuite> suites(AudioSection audio) {
        return audio.cryptos().stream()
                .filter(CryptoAttribute.Usable.class::isInstance)
                .map(crypto -> ((CryptoAttribute.Usable) crypto).keys().suite())
                .collect(Collectors.toSet());
    }

    private static boolean isAmong(List<PayloadFormat> ours, PayloadFormat theirs) {
        return ours.stream().anyMatch(format -> format.codec().equals(theirs.codec()));
    }

    /** Its port may be 0: nothing is received by what was refused. */
    private static @Nullable AudioSection audio(SessionDescription description) {
        for (MediaDescription line : description.media()) {
            if (line.type().equals("audio")) {
                return AudioSection.read(description, line);
            }
        }
        return null;
    }
}
