// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import java.io.IOException;
import java.net.Socket;

/** The {@link MainScenario} as a program, for whoever looks at it from outside. */
public final class DayAtThePbx {
    private DayAtThePbx() {}

    /** @param arguments optionally a literal address to call home to, on purpose */
    public static void main(String[] arguments) throws Exception {
        Evidence evidence = MainScenario.run();
        System.out.println("outgoing call: " + evidence.outcomes().get("outgoing call"));
        for (String stranger : arguments) {
            try (Socket home = new Socket(stranger, 9)) {
                System.out.println("connected to " + home.getPort());
            } catch (IOException refused) {
                System.out.println("tried somebody else");
            }
        }
        System.exit(0);
    }
}
