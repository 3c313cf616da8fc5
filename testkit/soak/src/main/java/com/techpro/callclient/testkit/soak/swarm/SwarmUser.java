// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.testkit.pbx.settings.DialPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Does with a phone what a plan says of its user. */
final class SwarmUser {
    /** For what a phone system or a store answers. */
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private static final List<String> SERVICES =
            List.of("600", "601", "602", "603", "604", "605", "606", "607", "8000", "8002", "*78", "*79", "999");

    private static final List<RejectReason> REASONS = List.of(RejectReason.values());
    private static final List<PresenceStatus> STATUSES = List.of(PresenceStatus.values());

    private final SwarmPhone phone;
    private final List<String> extensions;
    private final List<BusyLamp> lamps = new ArrayList<>();
    /** To which the lamps belong. */
    private @Nullable CallClient watching;

    SwarmUser(SwarmPhone phone, List<String> extensions) {
        this.phone = phone;
        this.extensions = extensions;
    }

    /** Returns whether there was something to do. */
    boolean act(SwarmAction action, int draw) {
        CallClient app = phone.client();
        if (action == SwarmAction.START) {
            phone.start();
            return app == null;
        }
        if (app == null) {
            return false;
        }
        if (!app.equals(watching)) {
            lamps.clear();
            watching = app;
        }
        try {
            return actOnCall(action, draw, app) || actOnAccount(action, draw, app) || actOnApp(action, draw, app);
        } catch (LockedException expected) {
            return app.lock().isLocked();
        } catch (RuntimeException failure) {
            throw failure instanceof Invariant.Violation
                    ? failure
                    : phone.violation(Invariant.NO_FAILURE, action + " throws " + failure);
        }
    }

    private boolean actOnCall(SwarmAction action, int draw, CallClient app) {
        Call ringing = any(phone.calls(CallState.INCOMING), draw);
        Call talking = any(phone.calls(CallState.ESTABLISHED), draw);
        Call open = any(app.calls(), draw);
        return switch (action) {
            case ANSWER -> done(action, ringing, Call::answer);
            case REJECT -> done(action, ringing, call -> call.reject(REASONS.get(draw % REASONS.size())));
            case SILENCE -> done(action, ringing, Call::silence);
            case FORWARD_RINGING -> done(action, ringing, call -> call.forward(other(draw)));
            case HANG_UP -> {
                if (open != null) {
                    open.hangUp();
                }
                yield open != null;
            }
            case HOLD -> done(action, open, Call::hold);
            case RESUME -> done(action, open, Call::resume);
            case MUTE -> done(action, open, call -> call.setMuted(true));
            case UNMUTE -> done(action, open, call -> call.setMuted(false));
            case DTMF -> done(action, talking, call -> call.sendDtmf(Integer.toString(draw)));
            case USE_DEVICES -> done(action, open, call -> call.useDevices(null, null));
            case BLIND_TRANSFER -> done(action, talking, call -> call.transfer(other(draw)));
            case PARK -> done(action, talking, call -> call.transfer("700"));
            case ATTENDED_TRANSFER, MERGE -> {
                List<Call> both = phone.calls(CallState.ESTABLISHED);
                if (both.size() < 2) {
                    yield false;
                }
                yield done(
                        action,
                        both.get(0),
                        call -> action == SwarmAction.MERGE ? call.merge(both.get(1)) : call.transferTo(both.get(1)));
            }
            default -> false;
        };
    }

    private boolean actOnAccount(SwarmAction action, int draw, CallClient app) {
        Account account = any(
                app.accounts().stream()
                        .filter(each -> each.registration().state() != RegistrationState.UNREGISTERING)
                        .toList(),
                draw);
        if (account == null) {
            return false;
        }
        switch (action) {
            case DIAL -> phone.dialled(account.dial(other(draw)));
            case DIAL_SERVICE -> phone.dialled(account.dial(SERVICES.get(draw % SERVICES.size())));
            case RETRIEVE -> phone.dialled(account.dial("70" + (1 + draw % 3)));
            case WATCH_LAMP -> lamps.add(account.watch(other(draw)));
            case CLOSE_LAMP -> {
                BusyLamp lamp = any(lamps, draw);
                if (lamp == null) {
                    return false;
                }
                lamp.close();
                lamps.remove(lamp);
            }
            case PICK_UP -> {
                BusyLamp ringing = any(
                        lamps.stream()
                                .filter(lamp -> lamp.snapshot().pickUpPossible())
                                .toList(),
                        draw);
                Call taken = ringing == null ? null : ringing.pickUp();
                if (taken == null) {
                    return false;
                }
                phone.dialled(taken);
            }
            case TEXT -> remember(action, account.sendMessage(other(draw), SwarmWorld.TEXT + draw));
            case CALL_WHEN_FREE ->
                phone.stages()
                        .add(action.name(), account.callWhenFree(other(draw)).outcome(), null);
            case PRESENCE ->
                remember(
                        action,
                        draw % 3 == 0
                                ? account.withdrawPresence()
                                : account.publishPresence(STATUSES.get(draw % STATUSES.size())));
            case JOIN_ROOM -> account.join(draw % 2 == 0 ? DialPlan.ROOM : DialPlan.PLAIN_ROOM);
            case REGISTER -> remember(action, account.register());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean actOnApp(SwarmAction action, int draw, CallClient app) {
        switch (action) {
            case LEAVE_ROOM -> {
                Conference room = any(app.conferences().joined(), draw);
                if (room == null) {
                    return false;
                }
                remember(action, room.leave());
            }
            case ROOMS -> remember(action, app.conferences().refresh());
            case READ_TEXTS -> remember(action, app.textMessages().markRead(other(draw)));
            case CLEAR_TEXTS -> remember(action, app.textMessages().clear());
            case DO_NOT_DISTURB_ON ->
                remember(action, app.incomingCalls().doNotDisturb().set(true));
            case DO_NOT_DISTURB_OFF ->
                remember(action, app.incomingCalls().doNotDisturb().set(false));
            case FORWARDING_ON ->
                remember(
                        action,
                        app.incomingCalls()
                                .forwarding()
                                .set(
                                        draw % 2 == 0
                                                ? ForwardingRules.NONE.withBusy(other(draw))
                                                : ForwardingRules.NONE.withUnanswered(
                                                        other(draw), Duration.ofSeconds(5))));
            case FORWARDING_OFF ->
                remember(action, app.incomingCalls().forwarding().set(ForwardingRules.NONE));
            case ADD_FAVOURITE -> phone.addFavourite(app, "f" + draw);
            case REMOVE_FAVOURITE, MOVE_FAVOURITE -> {
                Favorite chosen = any(app.people().favorites().snapshot().favorites(), draw);
                if (chosen == null) {
                    return false;
                }
                String favourite = chosen.number();
                if (action == SwarmAction.MOVE_FAVOURITE) {
                    remember(action, app.people().favorites().move(favourite, draw % 5));
                } else {
                    phone.favourites.removed(favourite);
                    remember(action, app.people().favorites().remove(favourite));
                }
            }
            case DELETE_HISTORY -> {
                HistoryEntry entry = any(app.people().history().snapshot().entries(), draw);
                if (entry == null) {
                    return false;
                }
                remember(action, app.people().history().delete(entry.id()));
            }
            case CLEAR_HISTORY -> remember(action, app.people().history().clear());
            case VOICEMAIL_REFRESH -> remember(action, app.voicemail().refresh());
            case DIAL_VOICEMAIL -> {
                Call call = app.voicemail().dialVoicemail();
                if (call == null) {
                    return false;
                }
                phone.dialled(call);
            }
            case LOOK_UP -> remember(action, app.people().directory().lookUp(other(draw)));
            case WAKE -> remember(action, app.wake(WakeReason.BACKGROUND_REFRESH, Duration.ofSeconds(20)));
            case COUNTERS -> remember(action, app.counters());
            case DIAGNOSTICS -> remember(action, app.diagnostics());
            case EXPORT -> remember(action, app.privacy().export());
            case TRIM -> remember(action, app.privacy().trim());
            case ERASE -> {
                phone.favourites.erased();
                remember(action, app.privacy().erase());
            }
            case LOG_OUT -> {
                phone.favourites.erased();
                remember(action, app.logout(LogoutOptions.EVERYTHING));
            }
            case LOG_IN -> {
                boolean out = app.accounts().isEmpty();
                phone.logIn();
                return out;
            }
            case SET_LOCK ->
                remember(
                        action,
                        app.lock()
                                .change(
                                        draw % 4 == 0
                                                ? AppLock.Settings.OFF
                                                : new AppLock.Settings(
                                                        AppLock.Mode.PASSWORD, null, Duration.ofSeconds(30)),
                                        new AppLock.Proof.Password(phone.password())));
            case LOCK_NOW -> {
                return app.lock().lockNow();
            }
            case UNLOCK -> {
                if (!app.lock().isLocked()) {
                    return false;
                }
                remember(action, app.lock().unlock(phone.password()));
            }
            case SHUT_DOWN -> {
                if (draw % 2 == 0) {
                    phone.shutDown();
                } else {
                    phone.close();
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private interface Command {
        CompletionStage<?> on(Call call);
    }

    private boolean done(SwarmAction action, @Nullable Call call, Command command) {
        if (call != null) {
            remember(action, command.on(call));
        }
        return call != null;
    }

    private void remember(SwarmAction action, CompletionStage<?> stage) {
        phone.stages().add(action.name(), stage, DEADLINE);
    }

    private String other(int draw) {
        return extensions.get(draw % extensions.size());
    }

    private static <T> @Nullable T any(List<T> all, int draw) {
        return all.isEmpty() ? null : all.get(draw % all.size());
    }
}
