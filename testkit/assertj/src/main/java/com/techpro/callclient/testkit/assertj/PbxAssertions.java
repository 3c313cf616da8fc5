// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxView;
import com.techpro.callclient.testkit.pbx.PlacedCall;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import org.assertj.core.annotation.CheckReturnValue;

/**
 * Where assertions about the embedded PBX begin; to be imported statically, beside AssertJ's own {@code assertThat}:
 *
 * <pre>
 *   assertThat(pbx).within(Duration.ofSeconds(5)).received("INVITE").from("1001").withHeader("Subject", "lunch");
 * </pre>
 *
 * <p>Messages list what was received without secrets. Like the PBX, from any thread but the PBX's own.
 */
@CheckReturnValue
public final class PbxAssertions {
    private PbxAssertions() {}

    public static EmbeddedPbxAssert assertThat(EmbeddedPbx actual) {
        return new EmbeddedPbxAssert(actual);
    }

    public static PbxViewAssert assertThat(PbxView actual) {
        return new PbxViewAssert(actual);
    }

    public static RecordedRequestAssert assertThat(RecordedRequest actual) {
        return new RecordedRequestAssert(actual);
    }

    public static PlacedCallAssert assertThat(PlacedCall actual) {
        return new PlacedCallAssert(actual);
    }
}
