// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.account.AccountEvent;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallReport;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.callui.CallScreen;
import com.techpro.callclient.engine.internal.diagnostics.Diagnostics;
import com.techpro.callclient.engine.internal.diagnostics.EventLog;
import com.techpro.callclient.engine.internal.diagnostics.RecentEvents;
import com.techpro.callclient.engine.internal.directory.PeopleIndex;
import com.techpro.callclient.engine.internal.history.HistoryStore;
import com.techpro.callclient.engine.internal.notification.UserNotifications;
import com.techpro.callclient.engine.internal.push.PushWakeups;
import com.techpro.callclient.engine.internal.voicemail.play.Player;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The list of who hears of accounts and calls: the engine's parts in this order, on the loop, and
 * then the host, on its executor. The phone book is before all that show a caller. Belongs to the
 * loop.
 */
final class EngineEvents {
    private final CallRegistry registry;
    private final Listeners<CallClientListener> listeners;
    private final Diagnostics diagnostics;
    private final RecentEvents recent;
    private final PeopleIndex people;
    private final HistoryStore history;
    private final Player player;
    private final VoicemailService voicemail;
    private final ConferenceService conferences;
    private final ToneService tones;
    private final PlatformPorts platform;
    private final PushWakeups wakes;
    private final Optional<UserNotifications> notifications;
    private final Optional<CallScreen> screen;
    private final LampService lamps;
    private final PublicationService publications;
    private final QualityReportService qualityReports;
    private final MessageService messages;
    private final SilentCalls silentCalls;

    EngineEvents(
            CallRegistry registry,
            Listeners<CallClientListener> listeners,
            Diagnostics diagnostics,
            UserSession userSession,
            ToneService tones,
            PlatformPorts platform,
            LampService lamps,
            PublicationService publications,
            QualityReportService qualityReports,
            MessageService messages,
            SilentCalls silentCalls) {
        this.registry = registry;
        this.listeners = listeners;
        this.diagnostics = diagnostics;
        this.recent = diagnostics.recent();
        this.people = userSession.people().index();
        this.history = userSession.people().history();
        this.player = userSession.voicemail().player();
        this.voicemail = userSession.voicemail();
        this.conferences = userSession.conferences();
        this.tones = tones;
        this.platform = platform;
        this.wakes = platform.wakes();
        this.notifications = platform.notifications();
        this.screen = platform.screen();
        this.lamps = lamps;
        this.publications = publications;
        this.qualityReports = qualityReports;
        this.messages = messages;
        this.silentCalls = silentCalls;
    }

    void tell(AccountEvent event) {
        if (event instanceof AccountEvent.RegistrationChanged now) {
            registrationChanged(now.account(), now.after());
        } else if (event instanceof AccountEvent.MessagesWaitingChanged now) {
            messagesWaiting(now.account(), now.summary());
        } else if (event instanceof AccountEvent.TextReceived now) {
            messages.textReceived(now.account(), now.message(), now.stored());
        } else if (event instanceof AccountEvent.ReceiptReceived now) {
            messages.receiptReceived(now.account(), now.receipt());
        } else if (event instanceof AccountEvent.Dialled now) {
            dialled(now.account(), now.call());
        } else if (event instanceof AccountEvent.TransferFollowed now) {
            CallHandle next = registry.add(now.account(), now.next());
            dialled(now.account(), now.next());
            changed(now.call(), new CallEvent.TransferFollowed(now.call().snapshot(), next));
        } else if (event instanceof AccountEvent.CallReceived now) {
            received(now.account(), now.call());
        } else if (event instanceof AccountEvent.CallRefused now) {
            history.callRefused(now.call());
        } else if (event instanceof AccountEvent.OfCall now) {
            tell(now.report());
        } else {
            gone(((AccountEvent.AccountGone) event).account());
        }
    }

    private void tell(CallReport report) {
        CallSession call = report.call();
        if (report instanceof CallReport.Changed change) {
            changed(call, change.event());
        } else if (report instanceof CallReport.Silenced) {
            tones.silenced(call);
            notifications.ifPresent(shown -> shown.silenced(call));
        } else if (report instanceof CallReport.Identified) {
            people.identified(call);
        } else if (report instanceof CallReport.Released) {
            released(call);
        }
    }

    /** Reports a request that the engine refused by itself, at a limited rate. */
    void refused(@Nullable SipAccount account, RefusalReason reason, String method, int status) {
        RefusedRequest refused = diagnostics.refused(reason, method, status);
        if (refused != null) {
            Account held = registry.account(account);
            listeners.tell(listener -> listener.incomingRefused(held, refused));
        }
    }

    private void registrationChanged(AccountSession account, RegistrationSnapshot after) {
        EventLog.registrationChanged(account, after);
        recent.registrationChanged(account, after);
        people.registrationChanged(after);
        history.registrationChanged(after);
        voicemail.registrationChanged(account, after);
        conferences.registrationChanged(account, after);
        wakes.registrationChanged(account, after);
        notifications.ifPresent(shown -> shown.registrationChanged(account, after));
        lamps.registrationChanged(account, after);
        publications.registrationChanged(account, after);
        messages.registrationChanged();
        AccountState state = registry.account(account);
        if (state != null && state.tellsHost()) {
            state.tell(listeners, (listener, held) -> listener.registrationChanged(held, after));
        }
    }

    private void messagesWaiting(AccountSession account, MessagesWaiting summary) {
        EventLog.messagesWaiting(account);
        voicemail.messagesWaiting(account, summary);
        notifications.ifPresent(shown -> shown.messagesWaiting(account, summary));
        AccountState state = registry.account(account);
        if (state != null) {
            state.messagesWaiting(summary);
            if (state.tellsHost()) {
                state.tell(listeners, (listener, held) -> listener.messagesWaitingChanged(held, summary));
            }
        }
    }

    private void dialled(AccountSession account, CallSession call) {
        EventLog.dialled(account, call);
        people.began(account, call);
        history.began(call);
        player.began(call);
        tones.dialled(call);
        screen.ifPresent(shown -> shown.dialled(call));
        qualityReports.began(account, call);
    }

    private void received(AccountSession account, CallSession call) {
        EventLog.received(account, call);
        people.began(account, call);
        history.began(call);
        player.began(call);
        tones.received(call);
        wakes.received(call);
        qualityReports.began(account, call);
        CallHandle handle = registry.add(account, call);
        handle.holdBack();
        Runnable shown = () -> shown(account, call, handle);
        if (screen.isPresent()) {
            // The system shows its call screen first.
            screen.get().ring(call, shown);
        } else {
            shown.run();
        }
    }

    private void shown(AccountSession account, CallSession call, CallHandle handle) {
        notifications.ifPresent(notices -> notices.rings(call));
        tones.ring(call);
        handle.announce();
        AccountState state = registry.account(account);
        if (state != null) {
            state.tell(listeners, (listener, held) -> listener.incomingCall(handle, call.snapshot()));
        }
        platform.answerByItself(call);
    }

    private void changed(CallSession call, CallEvent event) {
        EventLog.changed(event);
        recent.changed(call, event);
        people.changed(call, event);
        history.changed(call, event);
        player.changed(call, event);
        conferences.changed(call);
        tones.changed(call, event);
        wakes.changed(call, event);
        notifications.ifPresent(shown -> shown.changed(call, event));
        screen.ifPresent(shown -> shown.changed(call, event));
        lamps.changed(event);
        qualityReports.changed(call, event);
        silentCalls.changed(call, event);
        CallHandle handle = registry.call(call);
        if (handle != null) {
            handle.tell(event, handle.isAnnounced());
        }
    }

    private void released(CallSession call) {
        EventLog.released(call);
        people.released(call);
        history.released(call);
        player.ended(call);
        conferences.released(call);
        registry.remove(call);
    }

    private void gone(AccountSession account) {
        EventLog.gone(account);
        conferences.gone(account);
        wakes.gone(account);
        notifications.ifPresent(shown -> shown.gone(account));
        lamps.gone(account);
        publications.gone(account);
        qualityReports.gone(account);
        registry.remove(account);
    }
}
