// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import org.robolectric.annotation.Config;

/** The one test of JUnit 4, which Robolectric starts: it hands over to Jupiter. */
@Config(
        sdk = {26, 30, 34, 35},
        application = android.app.Application.class)
public final class SandboxEntry {
    @org.junit.Test
    public void enter() throws ClassNotFoundException {
        SandboxTask.current().run(SandboxEntry.class.getClassLoader());
    }
}
