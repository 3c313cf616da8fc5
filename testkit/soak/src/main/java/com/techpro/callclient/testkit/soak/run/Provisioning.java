// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.soak.driver.EmailLogins;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.settings.AppLogin;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Supplies the shared engine's accounts: from each user's login if the phone system has logins,
 * else the known ones.
 */
final class Provisioning {
    /** A phone system refuses registrations that it has no time for. */
    private static final int REGISTERING_AT_ONCE = 50;
    /** One that answers none for so long gets all the others at once. */
    private static final Duration UNANSWERED = Duration.ofSeconds(5);

    private final SoakSettings settings;
    private final SoakPhoneSystem phones;
    private final SoakClient client;
    private final EmailLogins logins;
    private final RunStatistics statistics;
    private final List<MediaChoice> choices;
    private boolean answers = true;

    Provisioning(
            SoakSettings settings,
            SoakPhoneSystem phones,
            SoakClient client,
            EmailLogins logins,
            RunStatistics statistics) {
        this.settings = settings;
        this.phones = phones;
        this.client = client;
        this.logins = logins;
        this.statistics = statistics;
        this.choices = settings.choices();
    }

    /** Returns the extensions that have an account; a user whose login fails has none. */
    List<Extension> enrol(List<Gate> gates, BooleanSupplier stopped) {
        List<AppLogin> wanted = phones.logins(settings.users());
        return wanted.isEmpty() ? known(stopped) : loggedIn(wanted, gates, stopped);
    }

    private List<Extension> known(BooleanSupplier stopped) {
        List<Extension> enrolled = new ArrayList<>();
        for (int i = 0; i < settings.users(); i++) {
            MediaChoice choice = choices.get(i);
            SipAccount account = choice.applyTo(phones.account(i), phones.iceServers());
            enrolled.add(client.add(i, phones.number(i), choice, account));
            awaitFewer(stopped);
        }
        return enrolled;
    }

    private List<Extension> loggedIn(List<AppLogin> wanted, List<Gate> gates, BooleanSupplier stopped) {
        List<Extension> enrolled = new ArrayList<>();
        Map<String, Integer> refused = new TreeMap<>();
        for (EmailLogins.Attempt attempt : logins.logIn(wanted, stopped)) {
            Session session = attempt.session();
            String refusal = attempt.refusal();
            if (session != null) {
                MediaChoice choice = choices.get(attempt.index());
                SipAccount account = choice.applyTo(account(session), phones.iceServers());
                enrolled.add(client.add(attempt.index(), session.profile().extension(), choice, account));
                awaitFewer(stopped);
            } else if (refusal != null) {
                refused.merge(refusal, 1, Integer::sum);
            }
            boolean unused = client.waiting().ask(() -> {
                statistics.add(attempt);
                return true;
            });
        }
        gates.add(Gate.of(
                        "logins",
                        "logins by e-mail and password",
                        enrolled.size() + " of " + wanted.size(),
                        "all " + settings.users(),
                        enrolled.size() == settings.users(),
                        refused.isEmpty() ? "" : "refused: " + refused)
                .measuredAs(Figure.share(enrolled.size(), settings.users()))
                .unlessEnded(stopped.getAsBoolean() && refused.isEmpty() && enrolled.size() < settings.users()));
        return enrolled;
    }

    private void awaitFewer(BooleanSupplier stopped) {
        answers = answers
                && client.waiting()
                        .until(
                                UNANSWERED,
                                () -> stopped.getAsBoolean()
                                        || client.registrations().count(RegistrationState.REGISTERING)
                                                < REGISTERING_AT_ONCE);
    }

    private SipAccount account(Session session) {
        SipAccount given = session.sipAccount();
        return given.toBuilder()
                .securityFloor(SoakPhoneSystem.only(settings.suite(), given.securityFloor()))
                .build();
    }
}
