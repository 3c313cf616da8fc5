// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.privacy.MainScenario;
import com.techpro.callclient.testkit.privacy.PromiseTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the engine's privacy promises, for anybody to see. */
@Command(
        name = "privacy-check",
        description = {
            "Tests the promises of PRIVACY.md, and prints them one by one.",
            "It makes calls at an embedded PBX with marked names, numbers and passwords, and looks for the marks on the"
                    + " wire, in logs and in what is stored.",
            "Exit code 0: none is broken; 1: at least one is; 2: it could not be run."
        },
        mixinStandardHelpOptions = true)
public final class PrivacyCheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PromiseTable table = PromiseTable.of(MainScenario.run());
        PrintWriter out = spec.commandLine().getOut();
        out.print(table);
        out.flush();
        return table.kept() ? 0 : 1;
    }
}
