// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link PermissionPort}. An adapter's author controls the user as far as possible.
 */
@PortContract
public abstract class PermissionPortContract {
    /** Returns the port under test; called once per test. */
    protected abstract PermissionPort port();

    /** Waits until the condition holds, or fails after about ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /**
     * Grants or denies it in the system's settings, so that the user may be asked; false if that
     * cannot be tried ("changing the settings").
     */
    protected abstract boolean set(Permission permission, boolean granted);

    /**
     * Denies it permanently, so that the user is not asked again; false if that cannot be tried
     * ("denial for good").
     */
    protected abstract boolean denyForGood(Permission permission);

    /**
     * Sets the user's answer to the next prompt; false if that cannot be tried ("an answering
     * user").
     */
    protected abstract boolean willAnswer(boolean yes);

    /** Returns a permission that this platform does not know, or null ("an unknown permission"). */
    protected abstract @Nullable Permission unknown();

    /**
     * Returns the reason keys of the prompts shown so far, in order; null if the platform shows no
     * reason or none can be read ("visible reasons").
     */
    protected abstract @Nullable List<String> reasonsShown();

    @Test
    @OptionalClause("changing the settings")
    void PRM_1_it_answers_as_things_are_now() {
        PermissionPort port = port();
        for (Permission permission : Permission.values()) {
            if (permission == unknown()) {
                continue;
            }
            require(set(permission, true), "changing the settings");
            assertThat(port.granted(permission)).as(permission.name()).isTrue();
            set(permission, false);
            assertThat(port.granted(permission)).as(permission.name()).isFalse();
            set(permission, true);
            assertThat(port.granted(permission)).as(permission.name()).isTrue();
        }
    }

    @Test
    @OptionalClause("visible reasons")
    void PRM_1_looking_shows_nothing() {
        PermissionPort port = port();
        require(set(Permission.CONTACTS, false) && reasonsShown() != null, "visible reasons");
        port.granted(Permission.CONTACTS);

        assertThat(reasonsShown()).isEmpty();
    }

    @Test
    @OptionalClause("an answering user")
    void PRM_2_the_answer_comes_once_and_not_inside_the_call() {
        PermissionPort port = port();
        for (boolean yes : new boolean[] {false, true}) {
            require(set(Permission.MICROPHONE, false) && willAnswer(yes), "an answering user");
            assertThat(ask(port, Permission.MICROPHONE)).isEqualTo(yes);
            assertThat(port.granted(Permission.MICROPHONE)).isEqualTo(yes);
        }
    }

    @Test
    @OptionalClause({"an answering user", "denial for good"})
    void PRM_2_a_granted_or_permanently_denied_permission_is_answered_without_a_question() {
        PermissionPort port = port();
        require(set(Permission.CONTACTS, true) && willAnswer(true), "an answering user");
        assertThat(ask(port, Permission.CONTACTS)).isTrue();
        require(denyForGood(Permission.CONTACTS), "denial for good");
        assertThat(ask(port, Permission.CONTACTS)).isFalse();

        List<String> shown = reasonsShown();
        assertThat(shown == null ? List.of() : shown).isEmpty();
    }

    @Test
    @OptionalClause("an unknown permission")
    void PRM_3_a_permission_unknown_to_the_platform_is_granted() {
        PermissionPort port = port();
        Permission permission = unknown();
        require(permission != null, "an unknown permission");
        if (permission != null) {
            assertThat(port.granted(permission)).isTrue();
            assertThat(ask(port, permission)).isTrue();
        }
    }

    @Test
    @OptionalClause("changing the settings")
    void PRM_4_methods_may_be_called_from_any_thread() throws InterruptedException {
        PermissionPort port = port();
        require(set(Permission.CONTACTS, true), "changing the settings");
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> {
            seen.add(port.granted(Permission.CONTACTS));
            port.request(Permission.CONTACTS, seen::add);
        });
        other.start();
        other.join();
        await(() -> seen.size() == 2);

        assertThat(seen).containsExactly(true, true);
    }

    @Test
    @OptionalClause("visible reasons")
    void PRM_5_the_question_gives_the_reason_of_that_permission() {
        PermissionPort port = port();
        require(reasonsShown() != null && willAnswer(false), "visible reasons");
        for (Permission permission : List.of(Permission.CONTACTS, Permission.MICROPHONE)) {
            set(permission, false);
            ask(port, permission);
        }

        List<String> shown = reasonsShown();
        assertThat(new LinkedHashSet<>(shown == null ? List.of() : shown))
                .containsExactly("permission.contacts.reason", "permission.microphone.reason");
    }

    private boolean ask(PermissionPort port, Permission permission) {
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        Thread caller = Thread.currentThread();
        AtomicBoolean returned = new AtomicBoolean();
        AtomicBoolean inside = new AtomicBoolean();
        port.request(permission, answer -> {
            inside.set(Thread.currentThread() == caller && !returned.get());
            answers.add(answer);
        });
        returned.set(true);
        await(() -> !answers.isEmpty());
        // A second answer would have come by the time of the next prompt's answer.
        List<Boolean> later = new CopyOnWriteArrayList<>();
        port.request(permission, later::add);
        await(() -> !later.isEmpty());

        assertThat(inside).isFalse();
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }
}
