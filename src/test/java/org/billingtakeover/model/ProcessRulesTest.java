package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for diagrams notice what they are there to notice: each example breaks one thing in a sound diagram. */
class ProcessRulesTest {

    private static final String FILE = "deliver-mail.bpmn";
    private static final ProcessFiles SOUND = FilesOnDisk.read(Path.of("src", "test", "resources", "process-rules"));

    @Test
    void aSoundDiagramIsNotComplainedAbout() {
        assertThat(faults(SOUND)).isEmpty();
        assertThat(DiagramLayout.faults(SOUND).sentences()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id="deliver-mail"                 | id="deliver-mails"        | the process id is deliver-mails. Make it the file's name
            isExecutable="true"               | isExecutable="false"      | cannot run. Tick ‘Executable’.
            camunda:versionTag="1.0.0"        | ``                        | has no version tag
            camunda:historyTimeToLive="P730D" | ``                        | nothing says for how many days the history
            bpmn:sendTask                     | bpmn:manualTask           | is a manualTask; this product does not use that kind
            SendTask_DeliverMail              | Activity_0x1y2z           | the id of “Send mail” (Activity_0x1y2z) must begin with SendTask_
            name="Send mail"                  | name=""                   | SendTask_DeliverMail has no label
            name="Send again?"                | name="Send again"         | “Send again” (Gateway_SendAgain) decides something
            name="Yes"                        | name=""                   | Flow_SendAgainYes is an answer to “Send again?” (Gateway_SendAgain)
            default="Flow_SendAgainNo"        | ``                        | “Send again?” (Gateway_SendAgain) has no default flow
            name="Mail to be sent"            | name=""                   | Gateway_MailToBeSent has no label
            camunda:candidateGroups           | camunda:assignee="olivia" camunda:candidateGroups | is for one person, olivia
            camunda:dueDate="P2D"             | ``                        | “Resolve undeliverable mail” (UserTask_ResolveUndeliverableMail) has no due date
            billing-operations                | operations                | is for the group operations, which does not exist
            camunda:failedJobRetryTimeCycle   | camunda:someThingElse     | nothing says how often “Send mail” (SendTask_DeliverMail) is tried again
            value="Courriel remis"            | value=" "                 | “Mail delivered” (EndEvent_MailDelivered) says nothing in French. Under ‘Extension properties’ add one named fr
            name="fr" value="Non"             | name="nl" value="Nee"     | “No” (Flow_SendAgainNo) says nothing in French
            <bpmn:incoming>Flow_MailToBeSent</bpmn:incoming> | `` | nothing leads to “Send mail” (SendTask_DeliverMail)
            """)
    void aDiagramThatBreaksARuleIsToldSo(String before, String after, String sentence) {
        ProcessFiles broken = FilesOnDisk.edited(SOUND, FILE, before, after == null ? "" : after);
        assertThat(faults(broken)).anyMatch(fault -> fault.startsWith(FILE + ": ") && fault.contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            camunda:delegateExpression="${deliverMail}" | camunda:class="org.example.Mail"     | “Send mail” (SendTask_DeliverMail) uses ‘class’, which this product does not allow
            camunda:asyncBefore="true"                  | camunda:expression="${mail.send()}"  | “Send mail” (SendTask_DeliverMail) uses ‘expression’
            </camunda:failedJobRetryTimeCycle>          | </camunda:failedJobRetryTimeCycle><camunda:script/> | uses ‘script’
            name="Mail posted"                          | name="Mail ${mailId} posted"         | has an expression in ‘name’, where none is allowed
            """)
    void codeInADiagramIsRefused(String before, String after, String sentence) {
        assertThat(faults(FilesOnDisk.edited(SOUND, FILE, before, after))).anyMatch(fault -> fault.contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <dc:Bounds x="672" y="122"   | <dc:Bounds x="440" y="122"   | “Send mail” (SendTask_DeliverMail) lies on “Mail delivered” (EndEvent_MailDelivered)
            <di:waypoint x="672" y="290" | <di:waypoint x="672" y="295" | “No” (Flow_SendAgainNo) runs askew
            y="380"                      | y="290"                      | “Yes” (Flow_SendAgainYes) runs through “Resolve undeliverable mail”
            x="280" y="380"              | x="280" y="140"              | cross or touch
            x="599" y="272"              | x="599" y="283"              | “No” (Flow_SendAgainNo) runs through the label of “No” (Flow_SendAgainNo)
            x="426" y="206"              | x="426" y="170"              | The label of “Recipient refused” (BoundaryEvent_Undeliverable) lies on “Send mail”
            width="100" height="80"      | width="50" height="20"       | The text of “Send mail” (SendTask_DeliverMail) does not fit
            """)
    void aDrawingThatCannotBeReadIsToldSo(String before, String after, String sentence) {
        assertThat(DiagramLayout.faults(FilesOnDisk.edited(SOUND, FILE, before, after))
                        .sentences())
                .anyMatch(fault -> fault.contains(sentence));
    }

    private static List<String> faults(ProcessFiles files) {
        Faults faults = new Faults();
        DiagramRules.check(files, Product.contract().groups().names(), faults);
        SettingsRules.check(files, faults);
        return faults.sentences();
    }
}
