// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Promise O2: a defect is logged with its place and without what it was about. */
class RedactorTest {
    @Test
    void O2_messages_are_dropped_and_places_kept_down_to_causes_and_suppressed() {
        Exception failure = new IllegalStateException("canary one", new IOException("canary two"));
        failure.addSuppressed(new IllegalArgumentException("canary three", failure));
        StringWriter text = new StringWriter();
        Redactor.withoutMessages(failure).printStackTrace(new PrintWriter(text, true));

        assertThat(text.toString())
                .doesNotContain("canary")
                .contains("java.lang.IllegalStateException", "Caused by: java.io.IOException")
                .contains("Suppressed: java.lang.IllegalArgumentException")
                .contains("RedactorTest.O2_messages_are_dropped");
    }
}
