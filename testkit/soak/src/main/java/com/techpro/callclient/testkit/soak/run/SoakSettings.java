// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.SpeechLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a soak does.
 *
 * @param users extensions; two of them are in each call
 * @param appUsers of them live a day with an app of their own first, where the phone system has logins; an even number
 * @param vaults what opens the apps' vaults
 * @param rate calls started a second, as long as extensions are free
 * @param duration how long new calls are started; those running then go on to their end
 * @param suite the only SRTP suite to use, or null for the account's own choice
 * @param seed decides who calls whom, who speaks what, who holds, what is pressed, and which packets get lost
 * @param media what is spoken
 * @param features what users do besides calling each other, as far as there are users enough and the transport is one for texts
 */
public record SoakSettings(
        int users,
        int appUsers,
        VaultKind vaults,
        double rate,
        Duration duration,
        SipTransport transport,
        @Nullable SrtpSuite suite,
        long seed,
        Impairment impairment,
        SpeechClip speech,
        MediaMix media,
        Set<CallFeature> features) {
    /** From dialling until both extensions are free again; none takes much longer. */
    private static final int CALL_SECONDS = 10;

    public SoakSettings {
        features = Set.copyOf(features);
    }

    /** What each user speaks, by index. */
    List<MediaChoice> choices() {
        return media.choices(users, seed);
    }

    /** The same with so many calls started a second. */
    SoakSettings atRate(double slower) {
        return new SoakSettings(
                users, appUsers, vaults, slower, duration, transport, suite, seed, impairment, speech, media, features);
    }

    /** Calls at the same time, at most: as many as begin while one goes on, and as there are pairs of users. */
    int callsAtOnce() {
        return Math.max(1, Math.min(users / 2, (int) Math.ceil(rate * CALL_SECONDS)));
    }

    /**
     * What may be wrong with the speech: both ends' impairment, out and in, lies between mouth and ear.
     *
     * @param local whether the phone system is the embedded one, which changes neither level nor band
     */
    SpeechLimits speechLimits(boolean local) {
        return local ? speechLimits() : speechLimits().atAnyLevelAndBand();
    }

    /** Likewise at the embedded phone system. */
    SpeechLimits speechLimits() {
        return impairment.isNone()
                ? SpeechLimits.CLEAN
                : SpeechLimits.forImpairment(impairment.lossPercentAfter(2), impairment.jitter());
    }
}
