// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.network.Impairment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a soak.
 *
 * @param users extensions; two of them are in each call
 * @param appUsers how many of them first live a day with an app of their own, if the phone system
 *     has logins; an even number
 * @param vaults what opens the apps' vaults
 * @param rate calls started per second, as long as extensions are free
 * @param duration how long new calls are started; running ones then continue to their end
 * @param suite the only SRTP suite to use, or null for the account's default
 * @param seed determines callers, callees, codecs, holds, digits, and which packets are lost
 * @param media the media settings of the users
 * @param features used besides calls, if there are enough users and the transport allows texts
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

    /** Returns each user's media choice, by index. */
    public List<MediaChoice> choices() {
        return media.choices(users, seed);
    }

    /** Returns a copy with this many calls started per second. */
    public SoakSettings atRate(double slower) {
        return new SoakSettings(
                users, appUsers, vaults, slower, duration, transport, suite, seed, impairment, speech, media, features);
    }

    /**
     * Returns the largest number of simultaneous calls: those started during one call, limited by
     * the pairs of users.
     */
    public int callsAtOnce() {
        return Math.max(1, Math.min(users / 2, (int) Math.ceil(rate * CALL_SECONDS)));
    }

    /**
     * Returns the limits of speech: the path has both ends' impairment, out and in.
     *
     * @param local whether the phone system is the embedded one, which changes neither level nor
     *     band
     */
    public SpeechLimits speechLimits(boolean local) {
        return local ? speechLimits() : speechLimits().atAnyLevelAndBand();
    }

    /** As above for the embedded phone system. */
    public SpeechLimits speechLimits() {
        return impairment.isNone()
                ? SpeechLimits.CLEAN
                : SpeechLimits.forImpairment(impairment.lossPercentAfter(2), impairment.jitter());
    }
}
