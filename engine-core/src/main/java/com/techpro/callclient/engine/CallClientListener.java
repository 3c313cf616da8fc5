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
import com.techpro.callclient.ports.callui.AudioRoute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens. Methods are called one at a time, in the order of events, on the executor given to
 * {@link CallClientConfig.Builder#callbacks}; the engine does not wait for them. Any engine method may be called from here.
 */
public interface CallClientListener extends AccountListener, CallListener {
    /**
     * The engine refused a request by itself, so that nothing else was told of it: why a phone never rings, or why a
     * call does not change as the phone system wants it to. Ten are told at once and then one
     * more each ten seconds; {@link ClientCounters#refusals} counts them all.
     *
     * @param account whose user the request names, or null if there is none here; nobody has proved that it is theirs
     */
    default void incomingRefused(@Nullable Account account, RefusedRequest refused) {}

    /** The sound of calls goes elsewhere now, or could. Told only where there is a call screen. */
    default void audioRouteChanged(AudioRoute current, Set<AudioRoute> available) {}

    /** The ring or a tone is not heard as it was set; told once each time. The calls themselves are not affected. */
    default void toneUnavailable(ToneProblem problem) {}

    /** The app was locked or unlocked; see {@link CallClient#lock}. Also told once after the start if the app starts locked. */
    default void lockChanged(boolean locked) {}

    @Override
    default void callChanged(Call call, CallEvent event) {}

    /** A conference room was joined or left, or who is in it changed. The call that leads to it has its own {@link #callChanged}. */
    default void conferenceChanged(Conference conference, ConferenceSnapshot after) {}

    /** The favourites changed, or whether they are stored. */
    default void favoritesChanged(FavoritesSnapshot after) {}

    /** Do-not-disturb was switched on or off, or it changed whether that is stored. */
    default void doNotDisturbChanged(DoNotDisturbSnapshot after) {}

    /** Where callers are sent changed, or whether that is stored. */
    default void callForwardingChanged(CallForwardingSnapshot after) {}

    /** The voicemail changed, or whether it can be reached; told once for each change. */
    default void voicemailChanged(VoicemailSnapshot after) {}

    /** A message being played does something else now, or more is known of it. The position moves without being told. */
    default void playbackChanged(Playback playback, PlaybackSnapshot after) {}

    /** A text that is kept came, was sent or deleted, or more is known of one; or whether they are stored. */
    default void textMessagesChanged(TextMessagesSnapshot after) {}

    /** The history changed, or whether it is stored. */
    default void historyChanged(HistorySnapshot after) {}
}
