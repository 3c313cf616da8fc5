// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A method that the app called to change something. Reading methods, listeners and calls with
 * invalid arguments are not recorded; refused commands are. Unlike the engine's own values it prints
 * its arguments, as they come from a test. Secrets are never among them.
 *
 * @param on the id of the account or call; otherwise {@code client} or the name of a part, such as
 *     {@code lock}
 * @param name the name of the method
 * @param arguments its arguments, without options that are the default and without secrets
 */
public record AppCommand(String on, String name, List<Object> arguments) {
    /** Copies the arguments. */
    public AppCommand {
        Objects.requireNonNull(on, "on");
        Objects.requireNonNull(name, "name");
        arguments = List.copyOf(arguments);
    }

    /** Returns it as written in a program: {@code c1.sendDtmf(12#)}. */
    @Override
    public String toString() {
        return on + "." + name + arguments.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
