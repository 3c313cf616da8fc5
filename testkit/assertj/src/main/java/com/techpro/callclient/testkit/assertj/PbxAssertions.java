// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxView;
import com.techpro.callclient.testkit.pbx.PlacedCall;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import org.assertj.core.annotation.CheckReturnValue;

/**
 * The entry point for assertions about the embedded PBX. Import it statically, beside AssertJ's own
 * {@code assertThat}:
 *
 * <pre>
 *   assertThat(pbx).within(Duration.ofSeconds(5)).received("INVITE").from("1001").withHeader("Subject", "lunch");
 * </pre>
 *
 * <p>Failure messages list the received requests without secrets. Callable, like the PBX, from any
 * thread except the PBX's own.
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
