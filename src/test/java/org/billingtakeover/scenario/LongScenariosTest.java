package org.billingtakeover.scenario;

import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.suite.api.SuiteDisplayName;

/** The stories that take longest: half of the work of all, so that two JVMs share it. Next to {@link OtherScenariosTest}. */
@Suite
@SuiteDisplayName("The acceptance scenarios that take longest")
@SelectPackages("org.billingtakeover.scenario")
@IncludeClassNamePatterns(LongScenariosTest.LONG)
class LongScenariosTest {

    static final String LONG = ".*\\.(BillingDate|Evidence|Invitation|WaitingCase)Scenarios";

    @BeforeSuite
    static void begin() {
        WalkedPaths.forget(LongScenariosTest.class);
    }

    @AfterSuite
    static void keep() {
        WalkedPaths.keep(LongScenariosTest.class);
    }
}
