// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.signalling;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Where bugs of the PBX itself surface: what a task of its loops threw. */
public final class PbxFailures {
    private static final Logger LOG = Logger.getLogger(PbxFailures.class.getName());

    private PbxFailures() {}

    public static void report(Thread thread, Throwable failure) {
        LOG.log(Level.SEVERE, "a bug in the PBX", failure);
    }
}
