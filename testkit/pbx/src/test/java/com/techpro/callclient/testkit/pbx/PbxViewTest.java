// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures;
import com.techpro.callclient.testkit.pbx.fault.Stub;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two tests that share a PBX see what is theirs alone. */
class PbxViewTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final PbxScene scene = new PbxScene(241, settings -> settings);
    private final EmbeddedPbx pbx = scene.pbx;
    private final Phone anna = scene.phone("1001").registered();
    private final Phone ben = scene.phone("1002").registered();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void requests_are_those_of_the_extension_since_the_view_was_made() {
        anna.account.dial("604");
        scene.pass(SECOND);
        PbxView view = pbx.viewOf("1001");
        assertThat(view.requests()).isEmpty();

        anna.account.dial("602");
        ben.account.dial("602");
        scene.pass(SECOND);

        assertThat(view.requests("INVITE"))
                .isNotEmpty()
                .allMatch(invite -> invite.fromUser().equals("1001"));
        assertThat(view.requests("INVITE")).extracting(RecordedRequest::toUser).containsOnly("602");
        assertThat(view.requests("REGISTER")).isEmpty();
        assertThat(view.requests()).hasSizeLessThan(pbx.requests().size());
        assertThatThrownBy(() -> pbx.viewOf("1009")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void taking_a_request_from_one_view_leaves_the_other_view_unchanged() {
        PbxView annas = pbx.viewOf("1001");
        PbxView bens = pbx.viewOf("1002");
        ben.account.dial("602");
        scene.pass(SECOND);
        anna.account.dial("604");
        scene.pass(SECOND);

        assertThat(annas.takeRequest("INVITE", SECOND).toUser()).isEqualTo("604");
        assertThat(bens.takeRequest(SECOND).toUser()).isEqualTo("602");
        int left = annas.requests().size() - 1;
        for (int i = 0; i < left; i++) {
            assertThat(annas.takeRequest(SECOND).fromUser()).isEqualTo("1001");
        }
        assertThatThrownBy(() -> annas.takeRequest(SECOND))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("from 1001")
                .hasMessageNotContaining("from 1002");
    }

    @Test
    void a_view_that_is_closed_leaves_nothing_of_its_extension_and_all_of_others() {
        PbxView annas = pbx.viewOf("1001");
        PbxView bens = pbx.viewOf("1002");
        annas.media().toPhone().lose(0.5);
        bens.media().toPhone().lose(0.5);
        Call annasCall = anna.account.dial("601");
        Call bensCall = ben.account.dial("601");
        scene.until(() -> pbx.state().connectedCalls() == 2);
        assertThat(annas.liveCalls()).hasSize(1);
        Stub annasStub = annas.on("MESSAGE").reply(480);
        Stub bensStub = bens.on("MESSAGE").reply(480);

        annas.close();
        scene.pass(SECOND);

        assertThat(annasCall.snapshot().ending()).isNotNull();
        assertThat(bensCall.snapshot().ending()).isNull();
        assertThat(annas.liveCalls()).isEmpty();
        assertThat(bens.liveCalls()).hasSize(1);
        assertThat(annas.media().toPhone().figures()).isEqualTo(MediaFigures.NONE);
        assertThat(bens.media().toPhone().figures()).isNotEqualTo(MediaFigures.NONE);
        assertThat(annas.isRegistered()).isTrue();
        var unused = anna.account.sendMessage("1002", "hello");
        var alsoUnused = ben.account.sendMessage("1001", "hello");
        scene.pass(SECOND);
        assertThat(annasStub.hits()).isZero();
        assertThat(bensStub.hits()).isEqualTo(1);
        bens.close();
        scene.pass(SECOND);
    }

    @Test
    void closing_after_the_pbx_does_nothing() {
        PbxView view = pbx.viewOf("1001");
        pbx.close();

        view.close();

        assertThat(view.requests()).isEmpty();
    }
}
