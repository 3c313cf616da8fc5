// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallForwardingSnapshot;
import com.techpro.callclient.engine.call.CallListener;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.message.TextMessagesSnapshot;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.engine.tone.ToneProblem;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A listener for all events of a client. Methods are called one at a time, in the order of events, on the executor
 * given to {@link CallClientConfig.Builder#callbacks}; the engine does not wait for them. Any engine method may be
 * called from here.
 */
public interface CallClientListener extends AccountListener, CallListener {
    /**
     * The engine refused a request by itself, and no other event tells of it. It shows why a phone never rings, or why
     * a call does not change as the phone system wants. The first ten are reported at once, then one each ten seconds;
     * {@link ClientCounters#refusals} counts them all.
     *
     * @param account whose user the request names, or null if there is none here; nobody has proved that it is theirs
     */
    default void incomingRefused(@Nullable Account account, RefusedRequest refused) {}

    /** The audio route of calls changed, or the available routes did. Called only with a call screen. */
    default void audioRoutesChanged(AudioRoutes routes) {}

    /** The ring or a tone is not heard as it was set; called once each time. The calls themselves are not affected. */
    default void toneUnavailable(ToneProblem problem) {}

    /**
     * The app was locked or unlocked; see {@link CallClient#lock}. Also called once after the start if the app starts
     * locked.
     */
    default void lockChanged(boolean locked) {}

    /**
     * The user answered on the system's call screen, but the app is locked and must not answer. The call rings on. Show
     * the lock screen, and call {@link Call#answer} after unlocking.
     */
    default void unlockNeeded(Call call) {}

    @Override
    default void callChanged(Call call, CallEvent event) {}

    /**
     * A conference room was joined or left, or its participants changed. The call to the room has its own
     * {@link #callChanged}.
     */
    default void conferenceChanged(Conference conference, ConferenceSnapshot after) {}

    /** The favourites changed, or whether they are stored. */
    default void favoritesChanged(FavoritesSnapshot after) {}

    /** Do-not-disturb was switched on or off, or whether it is stored changed. */
    default void doNotDisturbChanged(DoNotDisturbSnapshot after) {}

    /** The call forwarding changed, or whether it is stored. */
    default void callForwardingChanged(CallForwardingSnapshot after) {}

    /** The voicemail changed, or whether it can be reached; called once for each change. */
    default void voicemailChanged(VoicemailSnapshot after) {}

    /**
     * The playback of a voicemail message changed, or more is known of it. Changes of the position are not reported.
     */
    default void playbackChanged(Playback playback, PlaybackSnapshot after) {}

    /** A kept text was received, sent or deleted, or more is known of one, or whether texts are stored changed. */
    default void textMessagesChanged(TextMessagesSnapshot after) {}

    /** The history changed, or whether it is stored. */
    default void historyChanged(HistorySnapshot after) {}
}
