@echo off
rem Starts Headrace from a checkout; builds it first when a source is newer than the last build.
rem
rem   JAVA_HOME       the Java to use, 17 or newer; without it, the java.exe on the path
rem   HEADRACE_OPTS   options for the JVM, for example -Xmx512m
rem
rem What this script says goes to stderr: stdout and the exit code belong to the command.
rem Labels instead of blocks: a parenthesis in a path would end a block.

setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "TARGET=%ROOT%\distribution\target"
set "RUN=%TARGET%\headrace"
set "LIB=%RUN%\lib"
set "STAMP=%RUN%\stamp"
set "LOG=%TARGET%\build.log"
set "LOCK=%TARGET%\build.lock"
set "MAIN=io.headrace.cli.Main"

if defined JAVA_HOME goto java_of_home
set "JAVA="
for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if defined JAVA goto java_found
>&2 echo headrace: no Java found; install a JDK 17 or newer (https://adoptium.net), or set JAVA_HOME to one
exit /b 1

:java_of_home
set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAVA%" goto java_found
>&2 echo headrace: JAVA_HOME=%JAVA_HOME% has no bin\java.exe; set it to a JDK 17 or newer, or unset it
exit /b 1

:java_found
for %%J in ("%JAVA%") do set "JAVA_BIN=%%~dpJ"
set "VERSION="
if not exist "%JAVA_BIN%..\release" goto ask_java
for /f "usebackq tokens=1,2 delims==" %%K in ("%JAVA_BIN%..\release") do if "%%K"=="JAVA_VERSION" set "VERSION=%%~L"
:ask_java
if defined VERSION goto check_version
for /f "tokens=3" %%V in ('""%JAVA%" -version 2>&1" ^| findstr /c:" version "') do set "VERSION=%%~V"
:check_version
set "MAJOR=0"
for /f "tokens=1 delims=.-+_" %%M in ("%VERSION%") do set "MAJOR=%%M"
if %MAJOR% GEQ 17 goto start
>&2 echo headrace: %JAVA% is Java %VERSION%; install a JDK 17 or newer (https://adoptium.net) and set JAVA_HOME to it
exit /b 1

:start
set "ARCHIVE=%RUN%\classes-%VERSION%.jsa"
call :is_stale
if errorlevel 1 goto run
call :build
if errorlevel 1 exit /b 1

:run
set "SHARE="
if exist "%ARCHIVE%" set SHARE=-XX:SharedArchiveFile="%ARCHIVE%" -Xshare:auto
set "TUNING="
if not defined HEADRACE_OPTS set "TUNING=-XX:+UseParallelGC -XX:InitialRAMPercentage=4 -XX:NewRatio=1 -XX:-UseAdaptiveSizePolicy -XX:Tier4InvocationThreshold=15000 -XX:Tier4MinInvocationThreshold=2000 -XX:Tier4CompileThreshold=30000"
"%JAVA%" -Dfile.encoding=UTF-8 -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=warning:stderr %SHARE% %TUNING% %HEADRACE_OPTS% -cp "%LIB%\*" %MAIN% %*
exit /b %ERRORLEVEL%

rem Exit code 0 if there is no build, or if a source, a deletion or a pom is newer than it.
:is_stale
if not exist "%STAMP%" exit /b 0
if not exist "%LIB%" exit /b 0
powershell -NoProfile -ExecutionPolicy Bypass -Command "$built = (Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $modules = @(Get-Item -LiteralPath $env:ROOT) + @(Get-ChildItem -LiteralPath $env:ROOT -Directory) + @(Get-ChildItem -LiteralPath $env:ROOT -Directory | Get-ChildItem -Directory); foreach ($module in $modules) { $pom = Join-Path $module.FullName 'pom.xml'; if (Test-Path -LiteralPath $pom) { $main = Join-Path $module.FullName 'src\main'; $files = @(Get-Item -LiteralPath $pom); if (Test-Path -LiteralPath $main) { $files += @(Get-Item -LiteralPath $main) + @(Get-ChildItem -LiteralPath $main -Recurse) }; if ($files | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1) { exit 0 } } }; exit 1"
exit /b %ERRORLEVEL%

rem An open file is the lock: Windows refuses to open it twice, and closes it with its process.
:build
if not exist "%TARGET%" mkdir "%TARGET%"
set "WAITED=0"
:try_lock
set "LOCKED="
8>&2 2>nul (9>"%LOCK%" 2>&8 (call :build_locked))
if "%LOCKED%"=="built" exit /b 0
if "%LOCKED%"=="failed" exit /b 1
if %WAITED%==0 >&2 echo headrace: waiting for another start, which is building
set /a WAITED+=1
if %WAITED% GEQ 1800 goto still_locked
ping -n 2 127.0.0.1 >nul
goto try_lock

:still_locked
>&2 echo headrace: still locked after %WAITED% s; if nothing is building, remove %LOCK%
exit /b 1

:build_locked
set "LOCKED=built"
call :is_stale
if errorlevel 1 exit /b 0
>&2 echo headrace: building; the first time takes a minute or more, later starts do not build
if exist "%RUN%" rmdir /s /q "%RUN%"
mkdir "%RUN%"
type nul >"%RUN%\stamp.new"
pushd "%ROOT%"
call mvnw.cmd -B -ntp package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl distribution -am >"%LOG%" 2>&1 <nul
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" goto build_failed
"%JAVA%" -XX:ArchiveClassesAtExit="%ARCHIVE%" -cp "%LIB%\*" %MAIN% --help >"%RUN%\archive.log" 2>&1 <nul
move /y "%RUN%\stamp.new" "%STAMP%" >nul
exit /b 0

:build_failed
set "LOCKED=failed"
powershell -NoProfile -Command "Get-Content -LiteralPath $env:LOG -Tail 40" >&2
>&2 echo headrace: the build failed; its whole log is %LOG%
exit /b 1
