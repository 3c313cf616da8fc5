// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.push.PushToken;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The contract of {@link PushPort}. An adapter's author makes the service issue tokens. */
@PortContract
public abstract class PushPortContract {
    /** Returns the port under test; called once per test. */
    protected abstract PushPort port();

    /** Waits until the condition holds, or fails after about ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** Makes the service issue another token; false if that cannot be tried ("token renewal"). */
    protected abstract boolean issueAnother();

    @Test
    @OptionalClause("token renewal")
    void PSH_1_PSH_2_a_new_token_is_told_and_is_the_one_there_is() {
        PushPort port = port();
        List<PushToken> heard = new CopyOnWriteArrayList<>();
        port.watch(heard::add);
        require(issueAnother(), "token renewal");
        await(() -> heard.size() == 1);
        require(issueAnother(), "token renewal");
        await(() -> heard.size() == 2);

        assertThat(heard.get(0)).isNotEqualTo(heard.get(1));
        assertThat(port.token()).isEqualTo(heard.get(1));
    }

    @Test
    @OptionalClause("token renewal")
    void PSH_3_watching_ends_with_null() {
        PushPort port = port();
        List<PushToken> heard = new CopyOnWriteArrayList<>();
        port.watch(heard::add);
        port.watch(null);
        PushToken before = port.token();
        require(issueAnother(), "token renewal");
        await(() -> port.token() != null && !port.token().equals(before));

        assertThat(heard).isEmpty();
    }
}
