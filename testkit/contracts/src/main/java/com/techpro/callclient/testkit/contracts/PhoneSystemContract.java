// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.LoggedIn;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Refused;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link PhoneSystem}. The author runs a server on this machine that has one user
 * and a certificate from its own authority, and that can be stopped.
 */
@PortContract
public abstract class PhoneSystemContract {
    protected abstract PhoneSystem phoneSystem();

    /** Returns a login of the user with this password at the server, trusting its authority. */
    protected abstract Login login(String password);

    /** Returns the user's password. */
    protected abstract String password();

    /** Returns the user's extension. */
    protected abstract String extension();

    /** Returns the user part of the user's SIP address; the extension, unless they differ. */
    protected String sipUser() {
        return extension();
    }

    /** Stops the server: nothing listens there from now on. */
    protected abstract void stopServer();

    /**
     * Makes the server accept any credentials from now on, after asking for them, and answer with
     * this document.
     */
    protected abstract void answerEverything(String document);

    /** Returns a context that resolves the names in the login. */
    protected FakeLoginContext context(Policy policy) {
        return new FakeLoginContext(policy);
    }

    @Test
    void PSY_1_when_it_returns_the_phone_system_has_decided() {
        Session session = loggedIn(context(Policy.OPEN), password());

        assertThat(session.sipAccount().user()).isEqualTo(sipUser());
        assertThat(session.profile().extension()).isEqualTo(extension());
        assertThat(session.hosts())
                .extracting("host")
                .contains(session.sipAccount().domain());
        session.logOut();
    }

    @Test
    void PSY_2_nothing_readable_of_the_credentials_leaves_the_device() {
        FakeLoginContext context = context(Policy.OPEN);
        Login login = login(password());
        session(phoneSystem().logIn(login, context)).logOut();
        phoneSystem().logIn(login("not-" + password()), context);

        String wire = new String(context.sent(), StandardCharsets.ISO_8859_1);
        String basic =
                Base64.getEncoder().encodeToString((login.user() + ":" + password()).getBytes(StandardCharsets.UTF_8));
        assertThat(wire)
                .isNotEmpty()
                .doesNotContain(password())
                .doesNotContain(basic)
                .doesNotContain(login.user());
    }

    @Test
    void PSY_3_a_right_password_makes_no_wrong_one_right() {
        FakeLoginContext context = context(Policy.OPEN);
        loggedIn(context, password());
        int before = context.opened();

        assertThat(refusal(phoneSystem().logIn(login("not-" + password()), context)))
                .isEqualTo(Reason.WRONG_CREDENTIALS);
        assertThat(context.opened()).as("the phone system was asked").isGreaterThan(before);
        assertThat(refusal(phoneSystem().logIn(login(""), context))).isEqualTo(Reason.WRONG_CREDENTIALS);
    }

    @Test
    void PSY_4_a_server_that_is_not_there_is_unreachable() {
        stopServer();

        assertThat(refusal(phoneSystem().logIn(login(password()), context(Policy.OPEN))))
                .isEqualTo(Reason.SERVER_UNREACHABLE);
    }

    @Test
    void PSY_4_a_server_that_nobody_vouches_for_is_untrusted() {
        FakeLoginContext context = context(Policy.OPEN);

        assertThat(refusal(phoneSystem().logIn(login(password()).trusting(TlsTrust.PLATFORM), context)))
                .isEqualTo(Reason.SERVER_UNTRUSTED);
        assertThat(context.open()).isZero();
    }

    @Test
    void PSY_4_every_answer_of_the_server_is_an_outcome() {
        List<String> documents = new ArrayList<>(List.of(
                "",
                "\u0000",
                "<",
                "<html><body>Welcome</body></html>",
                "{",
                "{}",
                "[]",
                "null",
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><config>&b;</config>",
                "<config/>",
                "<account/>"));
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            deep.append("<a>");
        }
        documents.add(deep.toString());
        for (String document : documents) {
            answerEverything(document);
            FakeLoginContext context = context(Policy.OPEN);

            LoginOutcome outcome = phoneSystem().logIn(login(password()), context);

            assertThat(refusal(outcome)).isIn(Reason.NOT_A_PHONE_SYSTEM, Reason.SERVER_FAILED);
            assertThat(context.open()).isZero();
        }
    }

    @Test
    void PSY_5_after_a_refusal_no_connection_is_left() {
        FakeLoginContext context = context(Policy.OPEN);

        phoneSystem().logIn(login("not-" + password()), context);

        assertThat(context.opened()).isPositive();
        assertThat(context.open()).isZero();
        assertThat(context.refused()).isEmpty();
    }

    @Test
    void PSY_5_a_host_that_the_policy_forbids_is_not_connected_to() {
        FakeLoginContext context = context(new Policy(Set.of("elsewhere.invalid"), null, null, null, null, Set.of()));

        assertThat(refusal(phoneSystem().logIn(login(password()), context))).isEqualTo(Reason.POLICY);
        assertThat(context.opened()).isZero();
    }

    @Test
    void PSY_6_several_log_in_at_once() {
        PhoneSystem subject = phoneSystem();
        List<CompletableFuture<LoginOutcome>> logins = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            logins.add(CompletableFuture.supplyAsync(
                    () -> subject.logIn(login(password()), context(Policy.OPEN)),
                    // Not the common pool, which may have one thread.
                    task -> new Thread(task, "login").start()));
        }

        assertThat(logins).allSatisfy(login -> session(login.join()).logOut());
    }

    @Test
    void PSY_7_the_kind_decides_the_credentials_and_the_name_does_not_change() {
        assertThat(phoneSystem().kind())
                .matches("[a-z0-9-]{1,32}")
                .isEqualTo(phoneSystem().kind());
    }

    private Session loggedIn(FakeLoginContext context, String password) {
        return session(phoneSystem().logIn(login(password), context));
    }

    private static Session session(LoginOutcome outcome) {
        assertThat(outcome).isInstanceOf(LoggedIn.class);
        return ((LoggedIn) outcome).session();
    }

    private static Reason refusal(LoginOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).reason();
    }

    /** Helper for authors: returns a secret with this text. */
    protected static Secret secret(String text) {
        return Secret.of(text);
    }
}
