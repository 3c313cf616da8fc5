// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.callui.UiCall;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.testkit.contracts.FakeCallUi;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The order in which a call's events reach the history, the call screen, the notifications and the
 * host. The phone book is first: everybody hears the caller's name.
 */
class EventOrderTest {
    private static final Set<String> ASKED = Set.of("rings", "shownIds", "toString");

    private final List<String> told = new ArrayList<>();
    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(19);
        FakePermissions permissions = new FakePermissions();
        alice = scene.phone(
                        "alice",
                        "192.0.2.1",
                        config -> config.platform(p -> p.permissions(permissions)
                                .contacts(new FakeContacts(permissions).add("Bob Contact", "bob"))
                                .callUi(writing(
                                        CallUiPort.class,
                                        "screen",
                                        new FakeCallUi(scene.time.openLoop("system")::execute)))
                                .notifications(writing(NotificationPort.class, "notices", new FakeNotifications()))))
                .registered();
        bob = scene.phone("bob", "192.0.2.2").registered();
        alice.client.addListener(writing(CallClientListener.class, "host", new CallClientListener() {}));
        alice.account.addListener(writing(AccountListener.class, "host of the account", new AccountListener() {}));
        pass();
        told.clear();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void pass() {
        scene.pass(Duration.ofSeconds(1));
    }

    private <T> T writing(Class<T> type, String who, T behind) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (!ASKED.contains(method.getName())) {
                        StringBuilder line = new StringBuilder(who + ": " + method.getName());
                        for (Object each : given == null ? new Object[0] : given) {
                            line.append(word(each));
                        }
                        told.add(line.toString());
                    }
                    return method.invoke(behind, given);
                }));
    }

    private static String word(Object given) {
        if (given instanceof CallEvent event) {
            return " " + event.getClass().getSimpleName() + " " + event.after().state() + " "
                    + event.after().caller().name();
        } else if (given instanceof CallSnapshot call) {
            return " " + call.state() + " " + call.caller().name();
        } else if (given instanceof UiCall call) {
            return " " + call.name();
        } else if (given instanceof Notice || given instanceof Enum<?>) {
            return " " + (given instanceof Notice ? given.getClass().getSimpleName() : given);
        }
        return given instanceof RegistrationSnapshot registration ? " " + registration.state() : "";
    }

    @Test
    void a_missed_call() {
        bob.account.dial("alice");
        pass();
        bob.client.calls().get(0).hangUp();
        pass();

        assertThat(told)
                .containsExactly(
                        "screen: incoming Bob Contact",
                        "notices: show IncomingCall",
                        "host: incomingCall INCOMING Bob Contact",
                        "host of the account: incomingCall INCOMING Bob Contact",
                        "host: historyChanged",
                        "notices: withdraw",
                        "notices: show MissedCall",
                        "screen: ended UNANSWERED",
                        "host: callChanged Ended ENDED Bob Contact");
    }

    @Test
    void an_answered_call() {
        bob.account.dial("alice");
        pass();
        told.clear();
        alice.client.calls().get(0).answer();
        pass();
        alice.client.calls().get(0).hangUp();
        pass();

        assertThat(told)
                .containsExactly(
                        "notices: silence",
                        "notices: withdraw",
                        "screen: answered",
                        "host: callChanged StateChanged CONNECTING Bob Contact",
                        "host: callChanged MediaChanged CONNECTING Bob Contact",
                        "screen: connected",
                        "host: callChanged StateChanged ESTABLISHED Bob Contact",
                        "host: historyChanged",
                        "screen: ended LOCAL",
                        "host: callChanged Ended ENDED Bob Contact");
    }

    @Test
    void a_dialled_call() {
        alice.account.dial("bob");
        pass();
        bob.incoming.answer();
        pass();
        bob.incoming.hangUp();
        pass();

        assertThat(told)
                .containsExactly(
                        "host: callChanged CallerChanged DIALLING Bob Contact",
                        "screen: outgoing Bob Contact",
                        "host: callChanged StateChanged RINGING_OUT Bob Contact",
                        "screen: connected",
                        "host: callChanged StateChanged ESTABLISHED Bob Contact",
                        "host: callChanged MediaChanged ESTABLISHED Bob Contact",
                        "host: historyChanged",
                        "screen: ended REMOTE",
                        "host: callChanged Ended ENDED Bob Contact");
    }

    @Test
    void an_account_that_is_removed_during_a_call() {
        alice.account.dial("bob");
        pass();
        told.clear();
        alice.account.remove();
        pass();

        assertThat(told)
                .containsExactly(
                        "host: historyChanged",
                        "screen: ended LOCAL",
                        "host: callChanged Ended ENDED Bob Contact",
                        "notices: withdraw",
                        "host: registrationChanged UNREGISTERING",
                        "host of the account: registrationChanged UNREGISTERING",
                        "host: registrationChanged UNREGISTERED",
                        "host of the account: registrationChanged UNREGISTERED",
                        "notices: withdraw",
                        "notices: withdraw");
    }
}
