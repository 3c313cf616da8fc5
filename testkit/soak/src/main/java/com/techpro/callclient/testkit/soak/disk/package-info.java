// SPDX-License-Identifier: Apache-2.0
/** Files of a scenario while it runs. */
@NullMarked
package com.techpro.callclient.testkit.soak.disk;

import org.jspecify.annotations.NullMarked;
