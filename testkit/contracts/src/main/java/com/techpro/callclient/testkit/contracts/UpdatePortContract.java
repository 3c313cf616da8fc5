// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdateAnswer.Problem;
import com.techpro.callclient.ports.update.UpdatePort;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The contract of {@link UpdatePort}. An adapter's author controls what the publisher serves. */
@PortContract
public abstract class UpdatePortContract {
    /** Returns the port under test; called once per test. */
    protected abstract UpdatePort port();

    /** Waits until the condition holds, or fails after about thirty seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** Makes the publisher offer this version, properly signed. */
    protected abstract void publish(String version);

    /** Changes one bit of what the publisher serves. */
    protected abstract void spoil();

    /** Makes the publisher serve the same, signed with another key. */
    protected abstract void signByAnother();

    /** Makes the publisher stop answering. */
    protected abstract void silence();

    /** Returns every request so far, as on the wire. */
    protected abstract List<String> requests();

    @Test
    void UPD_1_UPD_4_a_newer_version_is_told_once() {
        UpdatePort port = port();
        publish("3.2");

        assertThat(check(port, "3.1.9"))
                .isInstanceOfSatisfying(
                        UpdateAnswer.Newer.class,
                        newer -> assertThat(newer.version()).isEqualTo("3.2"));
    }

    @Test
    void UPD_4_the_same_and_older_ones_are_no_update() {
        UpdatePort port = port();
        publish("3.2");

        assertThat(check(port, "3.2")).isEqualTo(new UpdateAnswer.UpToDate());
        assertThat(check(port, "3.2.0")).isEqualTo(new UpdateAnswer.UpToDate());
        assertThat(check(port, "3.10")).isEqualTo(new UpdateAnswer.UpToDate());
    }

    @Test
    void UPD_2_the_request_does_not_identify_the_user() {
        UpdatePort port = port();
        publish("3.2");
        check(port, "3.1.4159");
        check(port, "2.7.1828");

        assertThat(requests()).hasSize(2);
        assertThat(requests().get(0))
                .isEqualTo(requests().get(1))
                .doesNotContain("3.1.4159")
                .doesNotContainIgnoringCase("cookie")
                .doesNotContain(System.getProperty("os.name"))
                .doesNotContain(System.getProperty("java.version"));
    }

    @Test
    void UPD_3_a_changed_feed_or_another_signature_is_refused() {
        UpdatePort port = port();
        publish("3.2");
        spoil();
        assertThat(check(port, "1.0")).isEqualTo(new UpdateAnswer.Failed(Problem.BAD_SIGNATURE));
        publish("3.2");
        signByAnother();
        assertThat(check(port, "1.0")).isEqualTo(new UpdateAnswer.Failed(Problem.BAD_SIGNATURE));
    }

    @Test
    void UPD_5_silence_ends_by_itself() {
        UpdatePort port = port();
        silence();

        assertThat(check(port, "1.0")).isEqualTo(new UpdateAnswer.Failed(Problem.UNREACHABLE));
    }

    private UpdateAnswer check(UpdatePort port, String version) {
        List<UpdateAnswer> answers = new CopyOnWriteArrayList<>();
        port.check(version, answers::add);
        await(() -> !answers.isEmpty());
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }
}
