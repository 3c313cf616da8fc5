// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;

/** Forwards the engine's events to the parts of the phone. */
final class PhoneEvents implements CallClientListener {
    private final Phone phone;

    PhoneEvents(Phone phone) {
        this.phone = phone;
    }

    @Override
    public void registrationChanged(Account account, RegistrationSnapshot after) {
        phone.people().watch();
        phone.registrationChanged(after);
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        phone.changed();
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        phone.calls().changed(call, event);
    }

    @Override
    public void conferenceChanged(Conference conference, ConferenceSnapshot after) {
        phone.room().changed(conference, after);
    }

    @Override
    public void lockChanged(boolean locked) {
        phone.lock().changed(locked);
        phone.people().watch();
        phone.changed();
    }

    @Override
    public void favoritesChanged(FavoritesSnapshot after) {
        phone.people().watch();
        phone.changed();
    }

    @Override
    public void historyChanged(HistorySnapshot after) {
        phone.changed();
    }

    @Override
    public void doNotDisturbChanged(DoNotDisturbSnapshot after) {
        phone.changed();
    }

    @Override
    public void voicemailChanged(VoicemailSnapshot after) {
        phone.changed();
    }

    @Override
    public void playbackChanged(Playback playback, PlaybackSnapshot after) {
        phone.changed();
    }
}
